//! The parent's side of the probe against children that are not ours.

use std::process::Command;
use std::time::Duration;

use fieldray_tensorrt::probe::{self, Outcome};

const LIMIT: Duration = Duration::from_secs(20);

fn shell(script: &str) -> Outcome {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    probe::run(command, LIMIT)
}

fn check(script: &str, expected: &str) {
    assert_eq!(shell(script).to_string(), format!("TensorRT is not used: {expected}"));
}

#[test]
fn garbage_is_no_report() {
    let none = "the probe ended with code 0 and no report while starting";
    check("true", none);
    check("echo all is well", none);
    check("echo 'fieldray-tensorrt-report {'", none);
    check("echo 'fieldray-tensorrt-report {}'", none);
    check("echo 'fieldray-tensorrt-report {\"runtime\":1}'", none);
    check("head -c 3000000 /dev/zero", none);
    check("head -c 3000 /dev/urandom", none);
}

#[test]
fn a_report_counts_only_when_the_child_ends_well() {
    let report = "echo 'fieldray-tensorrt-stage looking'; \
        echo 'fieldray-tensorrt-report {\"runtime\":\"TensorRT\",\"device\":\"\",\"trials\":[]}'";
    assert!(matches!(shell(report), Outcome::Ready(_)));
    let failed = "the probe ended with code 7 and no report while looking";
    check(&format!("{report}; exit 7"), failed);
    let crashed = "NVIDIA's libraries crashed (segmentation fault, signal 11) while looking";
    check(&format!("{report}; kill -SEGV $$"), crashed);
}

#[test]
fn chatter_of_the_libraries_is_passed_over() {
    let outcome = shell(
        "printf 'half a line without an end'; echo; echo 'fieldray-tensorrt-stage thinking'; \
         echo '[TRT] [W] something'; echo 'fieldray-tensorrt-report {\"failed\":\"no GPU\"}'",
    );
    assert_eq!(outcome, Outcome::Unusable { reason: "no GPU".to_owned() });
}

#[test]
fn a_child_that_hangs_is_ended_at_the_limit() {
    // Silent with its output open, and with its output closed.
    for hang in ["exec tail -f /dev/null", "exec tail -f /dev/null >/dev/null"] {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("echo 'fieldray-tensorrt-stage waiting'; {hang}")]);
        let limit = Duration::from_secs(1);
        let outcome = probe::run(command, limit);
        assert_eq!(outcome, Outcome::TimedOut { limit, stage: "waiting".to_owned() });
    }
}

#[test]
fn a_program_that_is_not_there_is_told() {
    let outcome = probe::run(Command::new("/there/is/no/such/program"), LIMIT);
    assert!(matches!(outcome, Outcome::NotStarted { .. }));
}
