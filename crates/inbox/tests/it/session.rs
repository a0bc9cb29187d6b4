//! Coming in and going out.

use axum::body::Body;
use parlance_inbox::facts::Role;
use serde_json::json;
use wire::time::Span;

use crate::browser::Browser;
use crate::engines::Engine;
use crate::rig::{PASSWORD, Rig};

async fn a_log_in_is_kept_in_a_cookie_that_no_script_reads(engine: Engine) {
    let rig = Rig::start(engine).await;
    let browser = Browser::new(&rig);
    let login = json!({"email": " Ana@Desk.test", "password": PASSWORD});
    let response = browser.send(browser.request("POST", "/inbox/api/session", Some(&login))).await;
    let cookie = response.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("; HttpOnly; SameSite=Strict"), "{cookie}");
    assert!(response.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    let ana = Browser::of(&rig, "ana@desk.test").await;
    assert_eq!(ana.get("/inbox/api/session").await["agent"]["name"], "Ana");
    let sessions = ana.get("/inbox/api/sessions").await;
    assert_eq!(sessions.as_array().unwrap().len(), 2);
    let other = sessions.as_array().unwrap().iter().find(|one| one["current"] == false).unwrap();
    let path = format!("/inbox/api/sessions/{}", other["id"].as_str().unwrap());
    assert_eq!(ana.call("DELETE", &path, None).await.0, 204);
    assert_eq!(ana.call("DELETE", &path, None).await.0, 404);
    assert_eq!(ana.call("DELETE", "/inbox/api/session", None).await.0, 204);
    assert_eq!(ana.call("GET", "/inbox/api/session", None).await.0, 401);
}

async fn wrong_passwords_make_one_wait(engine: Engine) {
    let rig = Rig::start(engine).await;
    let mut browser = Browser::new(&rig);
    let wrong = json!({"email": "ana@desk.test", "password": "wrong"});
    let nobody = json!({"email": "nobody@desk.test", "password": PASSWORD});
    let (status, told) = browser.log_in(&nobody).await;
    assert_eq!((status, &told["error"]["reason"]), (401, &json!("wrong_login")));
    for _ in 0..5 {
        assert_eq!(browser.log_in(&wrong).await.0, 401);
    }
    let right = json!({"email": "ana@desk.test", "password": PASSWORD});
    let (status, told) = browser.log_in(&right).await;
    assert_eq!((status, &told["error"]["reason"]), (429, &json!("too_often")), "{told}");
    rig.world.advance(Span::seconds(30)).await;
    assert_eq!(browser.log_in(&right).await.0, 200);
}

async fn a_log_in_ends_by_itself(engine: Engine) {
    let rig = Rig::start(engine).await;
    let ana = Browser::of(&rig, "ana@desk.test").await;
    rig.world.set_clock(rig.world.now().plus(Span::days(14)));
    assert_eq!(ana.call("GET", "/inbox/api/session", None).await.0, 401);
}

async fn a_code_is_needed_once_it_is_set_and_is_good_once(engine: Engine) {
    let rig = Rig::start(engine).await;
    let ana = Browser::of(&rig, "ana@desk.test").await;
    let secret = ana.post("/inbox/api/me/code", &json!({})).await["secret"].as_str().unwrap().to_owned();
    let wrong = json!({"secret": secret, "code": "000000"});
    assert_eq!(ana.call("PUT", "/inbox/api/me/code", Some(&wrong)).await.0, 400);
    let code = |rig: &Rig| totp(&secret, rig.world.now().get());
    let set = json!({"secret": secret, "code": code(&rig)});
    assert_eq!(ana.call("PUT", "/inbox/api/me/code", Some(&set)).await.0, 204);
    let mut browser = Browser::new(&rig);
    let (status, told) = browser.log_in(&json!({"email": "ana@desk.test", "password": PASSWORD})).await;
    assert_eq!((status, &told["error"]["reason"]), (401, &json!("code_needed")));
    let with = json!({"email": "ana@desk.test", "password": PASSWORD, "code": code(&rig)});
    assert_eq!(browser.log_in(&with).await.0, 200);
    assert_eq!(browser.log_in(&with).await.0, 401, "a code that was seen over a shoulder is of no use");
}

/// The code of a secret, made by another hand than the one that is tested: in Python's standard library.
fn totp(secret: &str, now: i64) -> String {
    let script = "import base64,hmac,struct,sys\nk=base64.b32decode(sys.argv[1])\n\
        d=hmac.new(k,struct.pack('>Q',int(sys.argv[2])//30000),'sha1').digest()\no=d[19]&15\n\
        print('%06d'%((struct.unpack('>I',d[o:o+4])[0]&0x7fffffff)%1000000))";
    let output = std::process::Command::new("python3").args(["-c", script, secret, &now.to_string()]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

async fn somebody_comes_in_by_a_link_once(engine: Engine) {
    let rig = Rig::start(engine).await;
    let sue = Browser::of(&rig, "sue@desk.test").await;
    let (status, _) = sue.call("POST", "/inbox/api/invitations", Some(&json!({"role": "owner"}))).await;
    assert_eq!(status, 403, "a supervisor makes no owner");
    let link = sue.post("/inbox/api/invitations", &json!({"role": "agent"})).await["link"].as_str().unwrap().to_owned();
    let new = |password: &str| json!({"link": link, "name": "Dee", "email": "dee@desk.test", "password": password});
    let mut dee = Browser::new(&rig);
    assert_eq!(dee.take_cookie("/inbox/api/join", &new("short")).await.0, 400);
    let (status, told) = dee.take_cookie("/inbox/api/join", &new(PASSWORD)).await;
    assert_eq!((status, &told["agent"]["role"]), (200, &json!("agent")));
    assert_eq!(dee.get("/inbox/api/session").await["agent"]["email"], "dee@desk.test");
    assert_eq!(Browser::new(&rig).take_cookie("/inbox/api/join", &new(PASSWORD)).await.0, 404, "it is used up");
    let audit = sue.get("/inbox/api/audit").await;
    let actions: Vec<_> = audit.as_array().unwrap().iter().map(|one| one["action"].as_str().unwrap()).collect();
    assert!(
        actions.contains(&"invite") && actions.contains(&"agent.add") && actions.contains(&"log_in"),
        "{actions:?}"
    );
    assert!(!audit.to_string().contains(&link));
}

async fn who_is_locked_out_is_out_at_once(engine: Engine) {
    let rig = Rig::start(engine).await;
    let (ana, sue) = (Browser::of(&rig, "ana@desk.test").await, Browser::of(&rig, "sue@desk.test").await);
    sue.post(&format!("/inbox/api/agents/{}", rig.ana().id), &json!({"active": false})).await;
    assert_eq!(ana.call("GET", "/inbox/api/session", None).await.0, 401);
    let again = Browser::new(&rig).log_in(&json!({"email": "ana@desk.test", "password": PASSWORD})).await;
    assert_eq!(again.0, 401);
}

async fn a_new_password_ends_the_other_log_ins(engine: Engine) {
    let rig = Rig::start(engine).await;
    let (one, two) = (Browser::of(&rig, "ana@desk.test").await, Browser::of(&rig, "ana@desk.test").await);
    let wrong = json!({"old": "wrong", "new": "another long password"});
    assert_eq!(one.call("PUT", "/inbox/api/me/password", Some(&wrong)).await.0, 401);
    let right = json!({"old": PASSWORD, "new": "another long password"});
    assert_eq!(one.call("PUT", "/inbox/api/me/password", Some(&right)).await.0, 204);
    assert_eq!(one.call("GET", "/inbox/api/session", None).await.0, 200);
    assert_eq!(two.call("GET", "/inbox/api/session", None).await.0, 401);
}

async fn the_other_log_ins_end_at_once_and_this_one_stays(engine: Engine) {
    let rig = Rig::start(engine).await;
    let (here, there) = (Browser::of(&rig, "ana@desk.test").await, Browser::of(&rig, "ana@desk.test").await);
    let ben = Browser::of(&rig, "ben@desk.test").await;
    assert_eq!(here.call("DELETE", "/inbox/api/sessions", None).await.0, 204);
    assert_eq!(there.call("GET", "/inbox/api/session", None).await.0, 401);
    assert_eq!(here.get("/inbox/api/sessions").await.as_array().unwrap().len(), 1);
    assert_eq!(ben.call("GET", "/inbox/api/session", None).await.0, 200, "another's is another's");
}

async fn everybody_changes_their_own_name(engine: Engine) {
    let rig = Rig::start(engine).await;
    rig.desk.add_agent(rig.workspace, Role::ReadOnly, "rob@desk.test", "Rob", PASSWORD).await.unwrap();
    let rob = Browser::of(&rig, "rob@desk.test").await;
    let (status, told) = rob.call("PUT", "/inbox/api/me/name", Some(&json!({"name": "Robin"}))).await;
    assert_eq!((status, &told["name"]), (200, &json!("Robin")));
    let all = rob.get("/inbox/api/agents").await;
    assert!(all.as_array().unwrap().iter().any(|one| one["name"] == "Robin"), "{all}");
    let (status, told) = rob.call("PUT", "/inbox/api/me/name", Some(&json!({"name": " "}))).await;
    assert_eq!((status, &told["error"]["field"]), (400, &json!("name")));
}

async fn another_site_changes_nothing(engine: Engine) {
    let rig = Rig::start(engine).await;
    let ana = Browser::of(&rig, "ana@desk.test").await;
    for (name, value) in [("origin", "https://evil.test"), ("x-parlance-inbox", "")] {
        let mut request = ana.request("PUT", "/inbox/api/me/available", Some(&json!({"available": false})));
        match value.is_empty() {
            true => drop(request.headers_mut().remove(name)),
            false => drop(request.headers_mut().insert(name, value.parse().unwrap())),
        }
        assert_eq!(ana.send(request).await.status(), 403, "{name}");
    }
    let mut form = ana.request("POST", "/inbox/api/session", None);
    *form.body_mut() = Body::from("email=x");
    form.headers_mut().remove("x-parlance-inbox");
    assert_eq!(ana.send(form).await.status(), 403, "not even a log-in");
}

async fn the_first_owner_comes_in_by_the_link_of_the_first_start(engine: Engine) {
    let rig = Rig::start(engine).await;
    let (workspace, link) = rig.desk.begin("Another desk").await.unwrap();
    let mut owner = Browser::new(&rig);
    let new = json!({"link": link, "name": "Olga", "email": "olga@other.test", "password": PASSWORD});
    let (status, told) = owner.take_cookie("/inbox/api/join", &new).await;
    assert_eq!((status, &told["agent"]["role"]), (200, &json!(Role::Owner.word())));
    assert_eq!(told["workspace"]["id"], workspace.id.to_string());
    assert!(owner.get("/inbox/api/conversations").await["items"].as_array().unwrap().is_empty());
}

on_every_engine!(
    a_log_in_is_kept_in_a_cookie_that_no_script_reads,
    wrong_passwords_make_one_wait,
    a_log_in_ends_by_itself,
    a_code_is_needed_once_it_is_set_and_is_good_once,
    somebody_comes_in_by_a_link_once,
    who_is_locked_out_is_out_at_once,
    a_new_password_ends_the_other_log_ins,
    the_other_log_ins_end_at_once_and_this_one_stays,
    everybody_changes_their_own_name,
    another_site_changes_nothing,
    the_first_owner_comes_in_by_the_link_of_the_first_start,
);
