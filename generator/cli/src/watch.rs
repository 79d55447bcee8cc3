//! Notices that files are saved.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// Saving a file is several events: they are one if they come this fast.
const QUIET: Duration = Duration::from_millis(150);

/// Files that are watched.
pub struct Watch {
    events: Receiver<notify::Result<notify::Event>>,
    /// Folders are watched as long as it is there.
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Watches the folders that `files` are in, and those below them.
    pub fn begin(files: &[PathBuf]) -> notify::Result<Self> {
        let (sender, events) = channel();
        let mut watcher = notify::recommended_watcher(sender)?;
        let folder = |file: &PathBuf| match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        let mut folders: Vec<PathBuf> = files.iter().map(folder).collect();
        folders.sort();
        folders.dedup();
        for folder in folders {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
        Ok(Self { events, _watcher: watcher })
    }

    /// Waits until a document or settings are saved; `false` if that can't be noticed any more.
    pub fn wait(&self) -> bool {
        loop {
            match self.events.recv() {
                Ok(Ok(event)) if matters(&event) => return self.settle(),
                Ok(_) => {}
                Err(_) => return false,
            }
        }
    }

    /// Waits until nothing has come for a while.
    fn settle(&self) -> bool {
        loop {
            match self.events.recv_timeout(QUIET) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }
}

fn matters(event: &notify::Event) -> bool {
    let read = |path: &PathBuf| {
        path.extension().is_some_and(|end| ["yaml", "yml", "json"].iter().any(|known| end == *known))
    };
    !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_document_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("spec.yaml");
        std::fs::write(&file, "a: 1").unwrap();
        let watch = Watch::begin(std::slice::from_ref(&file)).unwrap();
        std::fs::write(folder.path().join("notes.txt"), "not a document").unwrap();
        std::fs::write(&file, "a: 2").unwrap();
        assert!(watch.wait());
    }
}
