//! Messages in chats: nothing that is wrong with a button costs an alert, and none keeps buttons that are
//! over.

use serde_json::json;

use crate::alerts::{BotApi, CHAT, clinic, pair, sign, telegram_settings, until};
use crate::seed::Film;

#[tokio::test]
async fn an_address_that_telegram_finds_odd_costs_the_link_and_not_the_alert() {
    let (api, address) = BotApi::open().await;
    let folder = tempfile::tempdir().unwrap();
    let link = "link_base = 'http://fieldray.lan:8080'\n";
    let settings = format!("{link}{}", telegram_settings(folder.path(), &address));
    let (clinic, physician) = clinic(&settings, &[Film::urgent("Asha Devi")]).await;
    let odd =
        json!({ "ok": false, "error_code": 400, "description": "Bad Request: BUTTON_URL_INVALID" });
    // The word that the pairing worked has no link, and is not said again.
    for _ in 0..2 {
        api.refuse_chat(CHAT, 400, odd.clone());
    }
    pair(&physician, &api, 1).await;
    until("the alert", async || physician.page("/alerts/1").await.contains("Left the box")).await;
    let sent = api.calls("sendMessage");
    let alerts = sent.iter().filter(|call| call["reply_markup"].to_string().contains("ack:1"));
    let links: Vec<_> =
        alerts.map(|call| call["reply_markup"].to_string().contains("fieldray.lan")).collect();
    assert_eq!(links[..2], [true, false]);
    assert!(clinic.stop_and_check().contains("0 problems"));
}

#[tokio::test]
async fn a_message_says_who_has_signed_however_long_the_link_is_down() {
    let (api, address) = BotApi::open().await;
    let folder = tempfile::tempdir().unwrap();
    let settings = telegram_settings(folder.path(), &address);
    let (clinic, physician) = clinic(&settings, &[Film::urgent("Asha Devi")]).await;
    pair(&physician, &api, 1).await;
    until("the alert", async || physician.page("/alerts/1").await.contains("Left the box")).await;
    api.refuse_edits(u32::MAX);
    sign(&physician).await;
    until("a try", async || !api.calls("refused edit").is_empty()).await;
    let file = clinic.state.path().join("settings.toml");
    let (clinic, _) = clinic.again_with(physician, &["--config", file.to_str().unwrap()]).await;
    api.refuse_edits(0);
    until("the edit", async || !api.calls("editMessageText").is_empty()).await;
    // Once is enough.
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    let edits = api.calls("editMessageText");
    assert!(edits[0]["text"].to_string().contains("Dr. Rao"), "{edits:?}");
    assert_eq!(edits.len(), 1);
    assert!(clinic.stop_and_check().contains("0 problems"));
}
