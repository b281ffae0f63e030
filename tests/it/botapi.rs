//! Telegram once more, by somebody else's Bot API: teremock, in a process of its own
//! (`tests/peers/botapi`). In both directions: what the box sends is checked and kept there, and what people
//! write and tap is made there.

use std::io::BufRead as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::alerts::{CHAT, clinic, pairing_code, telegram_settings, until};
use crate::seed::Film;
use crate::ways::{Peer, is_here};

struct Teremock {
    _process: Peer,
    address: String,
    client: reqwest::Client,
}

impl Teremock {
    fn open() -> Option<Self> {
        let debug = Path::new(env!("CARGO_BIN_EXE_fieldray")).parent().unwrap();
        let program: PathBuf = debug.with_file_name("peer").join("fieldray-botapi");
        if !is_here(&program) {
            return None;
        }
        let mut command = Command::new(program);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = std::io::BufReader::new(process.stdout.take().unwrap()).lines();
        let address = lines.next().unwrap().unwrap();
        Some(Self { _process: Peer(process), address, client: reqwest::Client::new() })
    }

    async fn tell(&self, what: &str, wish: &Value) {
        let request = self.client.post(format!("{}/{what}", self.address)).json(wish);
        assert_eq!(request.send().await.unwrap().status(), StatusCode::OK);
    }

    /// How many updates the box has not confirmed.
    async fn waiting(&self) -> u64 {
        let got = self.client.get(format!("{}/waiting", self.address)).send().await.unwrap();
        got.json().await.unwrap()
    }

    /// teremock's answers to every request of a method: messages as it keeps them.
    async fn answers(&self, method: &str) -> Vec<Value> {
        let got = self.client.get(format!("{}/calls", self.address)).send().await.unwrap();
        let calls: Vec<Value> = got.json().await.unwrap();
        let ours = calls.iter().filter(|call| call["method"] == method);
        ours.map(|call| call["answer"]["result"].clone()).collect()
    }
}

/// From the code to the edit. With a picture the words are its caption.
async fn goes_round(picture: bool) {
    let Some(teremock) = Teremock::open() else { return };
    let folder = tempfile::tempdir().unwrap();
    let settings = telegram_settings(folder.path(), &teremock.address);
    let (clinic, physician) = clinic(&settings, &[Film::urgent("Asha Devi")]).await;
    if picture {
        crate::alerts::let_pictures_go(&physician, &clinic.phone).await;
    }
    let code = pairing_code(&physician).await;
    teremock.tell("say", &json!({ "chat": CHAT, "text": format!("/start {code}") })).await;
    until("pairing", async || physician.page("/contact").await.contains("A chat is paired")).await;
    let (send, edit, words) = if picture {
        ("sendphoto", "editmessagecaption", "caption")
    } else {
        ("sendmessage", "editmessagetext", "text")
    };
    let is_alert = |message: &Value| message["reply_markup"].to_string().contains("ack:1");
    until("the alert", async || teremock.answers(send).await.iter().any(is_alert)).await;
    until("its row", async || physician.page("/alerts/1").await.contains("Left the box")).await;
    let message = teremock.answers(send).await.into_iter().find(is_alert).unwrap();
    let text = message[words].as_str().unwrap();
    assert!(text.contains("Rampur") && !text.contains("Asha"), "{text}");
    assert_eq!(message["chat"]["id"], CHAT);
    assert_eq!(message["photo"].is_array(), picture, "{message}");
    // Somebody who has not paired, then the physician.
    for who in [99, CHAT] {
        let open = physician.page("/alerts").await.contains("I take it over");
        assert!(open, "strangers change nothing");
        teremock.tell("tap", &json!({ "chat": who, "message": message, "data": "ack:1" })).await;
        if who != CHAT {
            // The next request for updates confirms it.
            until("the tap to be read", async || teremock.waiting().await == 0).await;
        }
    }
    until("an answer", async || !teremock.answers("answercallbackquery").await.is_empty()).await;
    let proof = physician.page("/alerts/1").await;
    assert!(proof.contains("Taken over by Dr. Rao") && proof.contains("by Telegram"), "{proof}");
    until("the edit", async || !teremock.answers(edit).await.is_empty()).await;
    let edited = teremock.answers(edit).await.remove(0);
    assert_eq!(edited["message_id"], message["message_id"]);
    assert!(edited[words].as_str().unwrap().contains("Dr. Rao"), "{edited}");
    assert!(!is_alert(&edited), "the buttons are gone: {edited}");
    assert!(clinic.stop_and_check().contains("0 problems"));
}

#[tokio::test]
async fn an_alert_goes_round_by_somebody_elses_bot_api() {
    goes_round(false).await;
}

#[tokio::test]
async fn a_picture_goes_along_where_two_people_have_allowed_it() {
    goes_round(true).await;
}
