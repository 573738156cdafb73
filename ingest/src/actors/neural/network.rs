//! A model in ONNX, run by tract: numbers of tokens in, the best label of each out.

use std::path::Path;
use std::sync::Arc;

use tract_onnx::prelude::*;

use super::NeuralError;

/// A model ready to run on windows of any length.
pub(super) struct Network {
    plan: Arc<TypedRunnableModel>,
    inputs: Vec<Input>,
}

/// What a model is given of each token.
#[derive(Clone, Copy, Debug)]
enum Input {
    Ids,
    /// Ones: nothing is padded.
    Mask,
    Types,
}

impl Input {
    fn of(name: &str) -> Option<Self> {
        match name {
            "input_ids" => Some(Self::Ids),
            "attention_mask" => Some(Self::Mask),
            "token_type_ids" => Some(Self::Types),
            _ => None,
        }
    }
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network").field("inputs", &self.inputs).finish_non_exhaustive()
    }
}

impl Network {
    pub(super) fn open(file: &Path) -> Result<Self, NeuralError> {
        let shown = file.display().to_string();
        std::fs::metadata(file)
            .map_err(|error| NeuralError::File { file: shown.clone(), reason: error.to_string() })?;
        Self::prepared(file).map_err(|error| NeuralError::Model { file: shown, reason: format!("{error:#}") })
    }

    fn prepared(file: &Path) -> TractResult<Self> {
        let mut model = tract_onnx::onnx().model_for_path(file)?;
        let length = model.sym("length");
        let mut inputs = Vec::new();
        for place in 0..model.input_outlets()?.len() {
            let name = model.node(model.input_outlets()?[place].node).name.clone();
            let input = Input::of(&name);
            inputs.push(input.ok_or_else(|| anyhow_of(&name))?);
            let shape = tvec![1.to_dim(), length.clone().to_dim()];
            model.set_input_fact(place, InferenceFact::dt_shape(i64::datum_type(), shape))?;
        }
        // What else a model gives (hidden states) is not computed.
        let first = model.output_outlets()?[0];
        model.select_output_outlets(&[first])?;
        Ok(Self { plan: model.into_optimized()?.into_runnable()?, inputs })
    }

    /// The number of the best label of each token.
    pub(super) fn run(&self, ids: &[u32], types: &[u32], labels: usize) -> Result<Vec<usize>, String> {
        let row = |values: &mut dyn Iterator<Item = i64>| -> TractResult<TValue> {
            let values: Vec<i64> = values.collect();
            Ok(Tensor::from_shape(&[1, values.len()], &values)?.into_tvalue())
        };
        let given = self.inputs.iter().map(|input| match input {
            Input::Ids => row(&mut ids.iter().map(|id| i64::from(*id))),
            Input::Mask => row(&mut ids.iter().map(|_| 1)),
            Input::Types => row(&mut types.iter().map(|id| i64::from(*id))),
        });
        let told = |error: TractError| format!("{error:#}");
        let given = given.collect::<TractResult<TVec<_>>>().map_err(told)?;
        let answer = self.plan.run(given).map_err(told)?;
        let scores = answer[0].cast_to::<f32>().map_err(told)?;
        if scores.shape() != [1, ids.len(), labels] {
            return Err(format!(
                "it answers in the shape {:?} where one score a label ({labels}) is due for each of {} tokens; \
                 is it a model for token classification, and its config.json its own?",
                scores.shape(),
                ids.len()
            ));
        }
        let scores = scores.view().as_slice::<f32>().map_err(told)?.to_vec();
        Ok(scores.chunks(labels).map(best).collect())
    }
}

fn anyhow_of(name: &str) -> TractError {
    TractError::msg(format!(
        "it asks for an input “{name}”; known are input_ids, attention_mask and token_type_ids"
    ))
}

fn best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (place, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = place;
        }
    }
    best
}
