//! Telegram's Bot API as teremock plays it, behind an address of its own: what the program under test sends
//! is checked, kept and answered by teremock, and what people write and tap is made by teremock.
//!
//! teremock hands updates to a dispatcher in its own process and its `getUpdates` knows none. So `getUpdates`
//! is answered here, from what was dispatched; every other request goes through to teremock as it came.
//!
//! Beside the Bot API: `POST /say` (`{"chat", "text"}`), `POST /tap` (`{"chat", "message", "data"}`, a message
//! as teremock gave it), `GET /calls`, every request with teremock's answer, and `GET /waiting`, how many updates
//! the program has not confirmed. The address is printed.

use std::collections::VecDeque;
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actix_web::web::{Bytes, Data, Json, Path, get, post};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use serde_json::{Value, json};
use teloxide::dispatching::UpdateHandler;
use teloxide::dptree;
use teloxide::types::{CallbackQueryId, Chat, ChatId, Message, Update, UserId};
use teremock::{
    DistributionKey, MockBot, MockCallbackQuery, MockMessageText, MockPrivateChat,
    MockSupergroupChat, MockUser,
};

type Fault = Box<dyn std::error::Error + Send + Sync>;
/// How long a request for updates is held open when there are none.
const POLL: Duration = Duration::from_millis(100);
/// Largest request that goes through, bytes.
const BODY_BYTES_MAX: usize = 4 << 20;

struct Server {
    bot: tokio::sync::Mutex<MockBot<Fault, DistributionKey>>,
    address: String,
    client: reqwest::Client,
    /// What teremock dispatched and the program has not confirmed.
    updates: Arc<Mutex<VecDeque<Value>>>,
    calls: Mutex<Vec<Value>>,
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Who writes: the chat's own person, or somebody in a group.
fn person(number: i64) -> (MockUser, Chat) {
    let user = MockUser::new().first_name("Rao");
    if number < 0 {
        let chat = MockSupergroupChat::new().id(ChatId(number)).title("TB team");
        return (user, chat.build());
    }
    let chat = MockPrivateChat::new().id(ChatId(number));
    (user.id(UserId(number.unsigned_abs())), chat.build())
}

async fn say(server: Data<Server>, wish: Json<Value>) -> HttpResponse {
    let (user, chat) = person(wish["chat"].as_i64().unwrap_or_default());
    let text = wish["text"].as_str().unwrap_or_default();
    let mut bot = server.bot.lock().await;
    bot.update(MockMessageText::new().text(text).chat(chat).from(user.build()));
    bot.dispatch().await;
    HttpResponse::Ok().finish()
}

async fn tap(server: Data<Server>, wish: Json<Value>) -> HttpResponse {
    let Ok(message) = serde_json::from_value::<Message>(wish["message"].clone()) else {
        return HttpResponse::BadRequest().finish();
    };
    let (user, _) = person(wish["chat"].as_i64().unwrap_or_default());
    let data = wish["data"].as_str().unwrap_or_default().to_owned();
    let tap = MockCallbackQuery::new().id(CallbackQueryId("tap".to_owned()));
    let mut bot = server.bot.lock().await;
    bot.update(tap.from(user.build()).data(data).message(message));
    bot.dispatch().await;
    HttpResponse::Ok().finish()
}

async fn calls(server: Data<Server>) -> HttpResponse {
    HttpResponse::Ok().json(&*locked(&server.calls))
}

async fn waiting(server: Data<Server>) -> HttpResponse {
    HttpResponse::Ok().json(locked(&server.updates).len())
}

/// Hands out what was dispatched, as long polling does: once more until a higher offset confirms it.
async fn updates(server: &Server, body: &[u8]) -> HttpResponse {
    let asked: Value = serde_json::from_slice(body).unwrap_or_default();
    let offset = asked["offset"].as_i64().unwrap_or(0);
    tokio::time::sleep(POLL).await;
    let mut updates = locked(&server.updates);
    updates.retain(|update| update["update_id"].as_i64().is_some_and(|id| id >= offset));
    HttpResponse::Ok().json(json!({ "ok": true, "result": updates.iter().collect::<Vec<_>>() }))
}

async fn pass(
    server: Data<Server>,
    path: Path<(String, String)>,
    request: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    let (token, method) = path.into_inner();
    if method.eq_ignore_ascii_case("getUpdates") {
        return updates(&server, &body).await;
    }
    let kind = request.headers().get("content-type").and_then(|value| value.to_str().ok());
    let sent = server
        .client
        .post(format!("{}/bot{token}/{method}", server.address))
        .header("content-type", kind.unwrap_or("application/json"))
        .body(body.to_vec())
        .send()
        .await;
    let Ok(answer) = sent else { return HttpResponse::BadGateway().finish() };
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap_or_default();
    let said: Value = serde_json::from_str(&text).unwrap_or_default();
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let call = json!({ "method": method.to_lowercase(), "asked": asked, "bytes": body.len(),
        "status": status, "answer": said });
    locked(&server.calls).push(call);
    let mut passed = HttpResponse::build(
        actix_web::http::StatusCode::from_u16(status)
            .unwrap_or(actix_web::http::StatusCode::BAD_GATEWAY),
    );
    passed.content_type("application/json").body(text)
}

#[actix_web::main]
async fn main() -> Result<(), Fault> {
    let updates = Arc::new(Mutex::new(VecDeque::new()));
    let dispatched = Arc::clone(&updates);
    let handler: UpdateHandler<Fault> = dptree::entry().endpoint(move |update: Update| {
        let dispatched = Arc::clone(&dispatched);
        async move {
            locked(&dispatched).push_back(serde_json::to_value(&update)?);
            Ok(())
        }
    });
    let bot = MockBot::new(MockMessageText::new().text("hello"), handler).await;
    let address = bot.api_url().as_str().trim_end_matches('/').to_owned();
    let client = reqwest::Client::builder().no_proxy().build()?;
    let (bot, calls_made) = (tokio::sync::Mutex::new(bot), Mutex::default());
    let server = Data::new(Server { bot, address, client, updates, calls: calls_made });
    let app = move || {
        App::new()
            .app_data(server.clone())
            .app_data(actix_web::web::PayloadConfig::new(BODY_BYTES_MAX))
            .route("/say", post().to(say))
            .route("/tap", post().to(tap))
            .route("/calls", get().to(calls))
            .route("/waiting", get().to(waiting))
            .route("/bot{token}/{method}", post().to(pass))
    };
    let bound = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    let mut out = std::io::stdout();
    for address in bound.addrs() {
        writeln!(out, "http://{address}")?;
    }
    out.flush()?;
    bound.run().await?;
    Ok(())
}
