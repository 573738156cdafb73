//! The folder that a browser puts beside a page it saves, with the page's pictures and scripts: no
//! news lies in it. Its name is the page's with an ending in the browser's language.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::extract::lists;

/// The endings, lower case.
static ENDINGS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let file = include_str!("../../data/lists/companion-folders.txt");
    lists::lines(file).map(|(_, ending)| ending.to_lowercase()).collect()
});

/// The endings of saved pages.
const PAGES: &[&str] =
    &["html", "htm", "HTML", "HTM", "xhtml", "shtml", "xht", "mht", "mhtml", "php", "asp", "aspx"];

/// What is said of a file in such a folder, before the name of the page.
pub(crate) const BELONGS: &str = "belongs to the saved page";

/// The name of the page that a folder belongs to, if there is such a page: `exists` is asked.
pub(crate) fn saved_page_of(folder: &str, exists: impl Fn(&str) -> bool) -> Option<String> {
    let lower = folder.to_lowercase();
    ENDINGS.iter().filter(|ending| lower.ends_with(ending.as_str())).find_map(|ending| {
        let stem = folder.get(..folder.len().checked_sub(ending.len())?).filter(|stem| !stem.is_empty())?;
        PAGES.iter().map(|page| format!("{stem}.{page}")).find(|name| exists(name))
    })
}

/// The pages of a container.
#[derive(Debug, Default)]
pub(super) struct Pages(HashSet<String>);

impl Pages {
    /// Remembers a member, if it is a page that may have a folder.
    pub(super) fn meet(&mut self, path: &str) {
        let extension = path.rsplit_once('.').map_or("", |(_, end)| end);
        if PAGES.contains(&extension) {
            self.0.insert(path.to_owned());
        }
    }

    /// The outermost folder around a member that is called as those of saved pages are.
    pub(super) fn suspect(path: &str) -> Option<&str> {
        path.match_indices('/').map(|(end, _)| &path[..end]).find(|folder| {
            let name = folder.rsplit('/').next().unwrap_or_default().to_lowercase();
            ENDINGS.iter().any(|ending| name.len() > ending.len() && name.ends_with(ending.as_str()))
        })
    }

    /// The page whose folder a member lies in.
    pub(super) fn owner_of(&self, path: &str) -> Option<String> {
        path.match_indices('/').find_map(|(end, _)| {
            let folder = &path[..end];
            let start = folder.rfind('/').map_or(0, |slash| slash + 1);
            let around = &folder[..start];
            saved_page_of(&folder[start..], |name| self.0.contains(&format!("{around}{name}")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_belongs_to_the_page_of_its_name_in_any_language() {
        let exists = |name: &str| ["Talks end.html", "a.htm", "b.php.html"].contains(&name);
        let of = |folder| saved_page_of(folder, exists);
        for folder in [
            "Talks end_files",
            "Talks end-Dateien",
            "Talks end_fichiers",
            "Talks end.files",
            "Talks end_файлы",
        ] {
            assert_eq!(of(folder).as_deref(), Some("Talks end.html"), "{folder}");
        }
        assert_eq!(of("a_Archivos").as_deref(), Some("a.htm"));
        for folder in ["Talks end", "news_files", "_files", "Talks end_files2"] {
            assert_eq!(of(folder), None, "{folder}");
        }
    }

    #[test]
    fn members_of_a_saved_page_are_known_however_deep_they_lie() {
        let mut pages = Pages::default();
        pages.meet("x/a.html");
        assert_eq!(pages.owner_of("x/a_files/ads/frame.html").as_deref(), Some("a.html"));
        assert_eq!(pages.owner_of("y/a_files/frame.html"), None);
        assert_eq!(pages.owner_of("x/a.html"), None);
    }
}
