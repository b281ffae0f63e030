//! Telegram groups: paired by an administrator's code, told who is on duty, answered by paired people only.

use serde_json::{Value, json};

use crate::alerts::{BotApi, CHAT, clinic, pair, pairing_code, telegram_settings, until, user};
use crate::clinic::Phone;
use crate::seed::Film;

const GROUP: i64 = -5;
const SUPERGROUP: i64 = -1_000_000_000_005;

fn group(id: i64) -> Value {
    let kind = if id == SUPERGROUP { "supergroup" } else { "group" };
    json!({ "id": id, "type": kind, "title": "TB team" })
}

fn written(chat: i64, text: &str) -> Value {
    json!({ "message": { "message_id": 7, "date": 1_800_000_000, "text": text, "chat": group(chat),
        "from": user(99, false) } })
}

fn tap(id: i64, who: i64, chat: i64) -> Value {
    json!({ "callback_query": { "id": format!("t{id}"), "from": user(who, false),
        "chat_instance": "1", "data": "ack:1", "message": { "message_id": 1,
        "date": 1_800_000_000, "text": "Alert 1", "chat": group(chat), "from": user(1, true) } } })
}

fn membership(chat: i64, status: &str) -> Value {
    let bot =
        json!({ "id": 1, "is_bot": true, "first_name": "Fieldray", "username": "fieldray_bot" });
    let member = |status: &str| match status {
        "kicked" => json!({ "user": bot, "status": status, "until_date": 0 }),
        _ => json!({ "user": bot, "status": status }),
    };
    json!({ "my_chat_member": { "chat": group(chat), "from": user(99, false),
        "date": 1_800_000_000, "old_chat_member": member("member"),
        "new_chat_member": member(status) } })
}

async fn code(admin: &Phone) -> String {
    let csrf = admin.hidden("/alerts/groups", "csrf").await;
    let page = admin.post("/alerts/groups", &[("csrf", csrf.as_str()), ("do", "code")]).await;
    let page = page.text().await.unwrap();
    let (_, code) = page.split_once("<b class=\"digest\">/pair ").unwrap();
    code.split('<').next().unwrap().to_owned()
}

fn to(api: &BotApi, method: &str, chat: i64) -> Vec<String> {
    let calls = api.calls(method);
    let there = calls.iter().filter(|call| call["chat_id"].as_i64() == Some(chat));
    there.map(|call| call["text"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_group_reads_who_is_on_duty_and_only_paired_people_count_there() {
    let (api, address) = BotApi::open().await;
    let folder = tempfile::tempdir().unwrap();
    let settings = telegram_settings(folder.path(), &address);
    let (clinic, physician) = clinic(&settings, &[Film::urgent("Asha Devi")]).await;
    let admin = &clinic.phone;
    assert!(admin.page("/alerts/groups").await.contains("No group is paired"));
    pair(&physician, &api, 1).await;
    // What was made for a person pairs no group, and the other way round; nobody in a group is answered.
    let own = pairing_code(&physician).await;
    api.update(2, &written(GROUP, &format!("/pair {own}")));
    api.update(3, &written(GROUP, "has anybody seen the film?"));
    let code = code(admin).await;
    api.update(4, &written(GROUP, &format!("/start@fieldray_bot {code}")));
    until("pairing", async || admin.page("/alerts/groups").await.contains("TB team")).await;
    until("the alert", async || {
        to(&api, "sendMessage", GROUP).iter().any(|text| text.contains("On duty: Dr. Rao"))
    })
    .await;
    // The word and the alert go their own ways.
    until("both", async || to(&api, "sendMessage", GROUP).len() == 2).await;
    let words = to(&api, "sendMessage", GROUP);
    assert!(words.iter().any(|text| text.contains("This group is paired")), "{words:?}");
    assert!(words.iter().all(|text| !text.contains("Asha")), "{words:?}");
    api.update(5, &tap(5, 99, GROUP));
    until("the answer", async || {
        let answers = api.calls("answerCallbackQuery");
        answers
            .iter()
            .any(|answer| answer["text"].to_string().contains("Only people who have paired"))
    })
    .await;
    assert!(physician.page("/alerts").await.contains("I take it over"), "strangers change nothing");
    api.update(6, &tap(6, CHAT, GROUP));
    until("the acknowledgement", async || {
        physician.page("/alerts/1").await.contains("Taken over by Dr. Rao")
    })
    .await;
    until("the edits", async || {
        let edited = |chat| to(&api, "editMessageText", chat).iter().any(|t| t.contains("Dr. Rao"));
        edited(GROUP) && edited(CHAT)
    })
    .await;
    let csrf = admin.hidden("/alerts/groups", "csrf").await;
    let fields = [("csrf", csrf.as_str()), ("do", "forget"), ("group", "-5")];
    let page = admin.post("/alerts/groups", &fields).await.text().await.unwrap();
    assert!(page.contains("No group is paired"));
    assert!(clinic.stop_and_check().contains("0 problems"));
}

#[tokio::test]
async fn a_group_that_moves_is_followed_and_one_that_is_left_is_shown() {
    let (api, address) = BotApi::open().await;
    let folder = tempfile::tempdir().unwrap();
    let settings = telegram_settings(folder.path(), &address);
    let (clinic, physician) = clinic(&settings, &[Film::urgent("Asha Devi")]).await;
    let admin = &clinic.phone;
    let first = code(admin).await;
    api.update(1, &written(GROUP, &format!("/pair {first}")));
    until("pairing", async || admin.page("/alerts/groups").await.contains("TB team")).await;
    let moved = json!({ "ok": false, "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": { "migrate_to_chat_id": SUPERGROUP } });
    until("its answer", async || !to(&api, "sendMessage", GROUP).is_empty()).await;
    api.refuse_chat(GROUP, 400, moved);
    // The first person who can be named.
    pair(&physician, &api, 2).await;
    until("the alert", async || {
        to(&api, "sendMessage", SUPERGROUP).iter().any(|text| text.contains("On duty: Dr. Rao"))
    })
    .await;
    let value = format!("value=\"{SUPERGROUP}\"");
    until("the new number", async || admin.page("/alerts/groups").await.contains(&value)).await;
    api.update(3, &membership(SUPERGROUP, "kicked"));
    until("the warning", async || {
        admin.page("/system").await.contains("The bot was removed from this group")
    })
    .await;
    api.update(4, &membership(SUPERGROUP, "member"));
    until("the return", async || {
        admin.page("/system").await.contains("Telegram group TB team: Alerts come here")
    })
    .await;
    // One that nobody has told us about: it shows when a message does not get there.
    let other = -9;
    let kicked = json!({ "ok": false, "error_code": 403,
        "description": "Forbidden: bot was kicked from the group chat" });
    for _ in 0..2 {
        api.refuse_chat(other, 403, kicked.clone());
    }
    let second = code(admin).await;
    api.update(5, &written(other, &format!("/pair {second}")));
    until("the refusal", async || {
        admin.page("/system").await.contains("The bot was removed from this group")
    })
    .await;
    api.update(6, &tap(6, CHAT, SUPERGROUP));
    until("the edit", async || {
        to(&api, "editMessageText", SUPERGROUP).iter().any(|text| text.contains("Dr. Rao"))
    })
    .await;
    assert!(clinic.stop_and_check().contains("0 problems"));
}
