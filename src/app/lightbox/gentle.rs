//! Pages before networks: a reading may take a moment longer, a phone that waits for a page may not.

/// The thread's nice value. Against a thread that serves pages the compute thread then gets one share of
/// a core to three; a core that serves no page is all its own. Not 10, one share to nine: other programs
/// count too, and on a crowded machine (load 20 on two cores) a photo took 20 s so.
const NICE: i32 = 5;

/// Lowers the priority of the calling thread, and of all threads that it starts from now on. Where the
/// system refuses, everything works as before, only slower under load.
pub(super) fn yield_to_pages() {
    // Linux counts a thread's id as that of a process here.
    let here = rustix::thread::gettid();
    if let Err(error) = rustix::process::setpriority_process(Some(here), NICE) {
        tracing::warn!(%error, "the compute thread keeps its priority");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_calling_thread_and_its_children_yield() {
        let nice = || rustix::process::getpriority_process(Some(rustix::thread::gettid())).unwrap();
        let before = nice();
        let (own, child) = std::thread::spawn(move || {
            yield_to_pages();
            (nice(), std::thread::spawn(nice).join().unwrap())
        })
        .join()
        .unwrap();
        // A machine that runs its tests gently stays within the system's largest value.
        assert!(own >= NICE && own == child, "{own} {child}");
        assert_eq!(nice(), before);
    }
}
