//! What a person does with the page, in words.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use tokio::time::sleep;

/// Longest wait for something that takes no computation.
pub const SOON: Duration = Duration::from_secs(120);
/// Longest wait for a search, in a debug build on a loaded machine.
pub const SEARCH: Duration = Duration::from_secs(240);
/// How often one presses what has just moved.
const PRESSES: usize = 10;
/// Codes of WebDriver.
pub const TAB: char = '\u{E004}';
const SHIFT: char = '\u{E008}';
/// What a person may press.
const PRESSED: &str = "self::button or self::a or self::summary or self::label";

/// The page of one test.
#[derive(Clone)]
pub struct Page {
    client: Client,
    folder: PathBuf,
}

impl Page {
    /// The page that `client` shows; its files go to `folder`.
    pub fn new(client: Client, folder: PathBuf) -> Self {
        Self { client, folder }
    }

    /// Goes to a screen by its address.
    pub async fn go(&self, screen: &str) {
        self.run(&format!("location.hash = '#/{screen}'")).await;
        let shown = screen.split('/').next().expect("a first part");
        self.until(
            &format!("document.getElementById('principal').dataset.ecran === '{shown}'"),
            SOON,
        )
        .await;
    }

    /// The first visible element with these words, that one presses.
    pub async fn press(&self, words: &str) {
        let path = format!("//*[{PRESSED}][contains(normalize-space(.), \"{words}\")]");
        // The page may draw the element again between the look and the press.
        for _ in 0..PRESSES {
            if self.element(Locator::XPath(&path)).await.click().await.is_ok() {
                return;
            }
            sleep(Duration::from_millis(200)).await;
        }
        panic!("« {words} » cannot be pressed");
    }

    /// The element of a selector, once it is there.
    pub async fn element(&self, locator: Locator<'_>) -> Element {
        let wait = self.client.wait().at_most(SOON).for_element(locator);
        wait.await.unwrap_or_else(|error| panic!("{locator:?}: {error}"))
    }

    /// Chooses an option by its value in the list with this label.
    pub async fn choose(&self, label: &str, value: &str) {
        let path = format!("//label[normalize-space(.)=\"{label}\"]/following-sibling::select");
        self.persist(label, || async {
            let list = self.element(Locator::XPath(&path)).await;
            list.select_by_value(value).await?;
            let chosen = self.element(Locator::XPath(&path)).await.prop("value").await?;
            Ok(chosen.as_deref() == Some(value))
        })
        .await;
    }

    /// Writes into the field with this id.
    pub async fn write(&self, id: &str, text: &str) {
        self.persist(id, || async {
            let field = self.element(Locator::Id(id)).await;
            field.clear().await?;
            field.send_keys(text).await?;
            let written = self.element(Locator::Id(id)).await.prop("value").await?;
            Ok(written.as_deref() == Some(text))
        })
        .await;
    }

    /// Tries until the page holds what was done: it may draw an element again between the look and
    /// the touch.
    pub async fn persist<F>(&self, what: &str, attempt: impl Fn() -> F)
    where
        F: Future<Output = Result<bool, CmdError>>,
    {
        for _ in 0..PRESSES {
            if let Ok(true) = attempt().await {
                return;
            }
            sleep(Duration::from_millis(200)).await;
        }
        panic!("« {what} » does not hold what it was given");
    }

    /// Gives files to the file dialog.
    pub async fn bring(&self, files: &[PathBuf]) {
        let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        let input = self.element(Locator::Css("#fichiers-apportes")).await;
        input.send_keys(&names.join("\n")).await.expect("the files");
    }

    /// Presses keys one after the other: characters, or the codes of WebDriver.
    pub async fn keys(&self, keys: &[char]) {
        let mut actions = KeyActions::new("clavier".into());
        for key in keys {
            actions = actions.then(KeyAction::Down { value: *key });
            actions = actions.then(KeyAction::Up { value: *key });
        }
        self.client.perform_actions(actions).await.expect("the keys");
    }

    /// Presses Shift and Tab.
    pub async fn back(&self) {
        let actions = KeyActions::new("clavier".into())
            .then(KeyAction::Down { value: SHIFT })
            .then(KeyAction::Down { value: TAB })
            .then(KeyAction::Up { value: TAB })
            .then(KeyAction::Up { value: SHIFT });
        self.client.perform_actions(actions).await.expect("the keys");
    }

    /// Waits until the page says these words.
    pub async fn says(&self, words: &str) {
        self.says_within(words, SOON).await;
    }

    /// The same for what a search leads to.
    pub async fn says_after_a_search(&self, words: &str) {
        self.says_within(words, SEARCH).await;
    }

    /// Waits for the end of a search: the proof that the plan comes with.
    pub async fn found_a_plan(&self) {
        self.until("!!document.querySelector('.volet .encart-bon')", SEARCH).await;
        self.until("document.getElementById('calcul').hidden", SEARCH).await;
    }

    /// Waits until the search just asked for has begun and ended.
    pub async fn ended_a_search(&self) {
        self.later(
            "const strip = document.getElementById('calcul');
             for (let waited = 0; strip.hidden && waited < 1000; waited += 20) {
                 await new Promise((next) => setTimeout(next, 20));
             }
             while (!strip.hidden) await new Promise((next) => setTimeout(next, 50));",
        )
        .await;
    }

    /// Has a study made, with these wishes, and waits for its end.
    pub async fn study(&self, name: &str, wishes: &str) {
        let answer = self
            .later(&format!(
                "const headers = {{ 'Content-Type': 'application/json' }};
                 const body = JSON.stringify({{ {wishes} }});
                 const begun = await fetch('etudes/{name}', {{ method: 'POST', headers, body }});
                 for (;;) {{
                     const state = await (await fetch('etat')).json();
                     if (!state.calcul) return begun.status;
                     await new Promise((next) => setTimeout(next, 100));
                 }}"
            ))
            .await;
        assert_eq!(answer, 202, "{name} begins");
    }

    /// Opens the demonstration and searches a plan near the best.
    pub async fn demo_with_a_plan(&self) {
        self.press("Essayer la démonstration").await;
        self.says("Pas encore de plan").await;
        self.choose("S'arrêter à", "0.01").await;
        self.press("Calculer le plan").await;
        self.found_a_plan().await;
    }

    /// The value of a JavaScript expression.
    pub async fn value(&self, expression: &str) -> Value {
        self.run(&format!("return {expression}")).await
    }

    /// What an asynchronous function body returns.
    pub async fn later(&self, body: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async () => {{ {body} }})().then(done, (error) => done(String(error)));"
        );
        self.client.execute_async(&script, Vec::new()).await.expect("the script ends")
    }

    /// Runs statements.
    pub async fn run(&self, script: &str) -> Value {
        let answer = self.client.execute(script, Vec::new()).await;
        answer.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// A downloaded file, once it is whole.
    pub async fn downloaded(&self, name: &str) -> Vec<u8> {
        let path = self.folder.join("telechargements").join(name);
        let start = Instant::now();
        while !path.exists() {
            assert!(start.elapsed() < SOON, "{name} was not downloaded");
            sleep(Duration::from_millis(100)).await;
        }
        std::fs::read(path).expect("the file")
    }

    /// The folder of the workspace.
    pub fn workspace(&self) -> PathBuf {
        self.folder.join("espace")
    }

    /// Waits until the page says these words, at most so long.
    async fn says_within(&self, words: &str, limit: Duration) {
        // French typography has spaces that no break may take; here they are spaces.
        let quoted = json!(words);
        let text = "document.body.innerText.replace(/\\s/g, ' ')";
        self.until(&format!("{text}.includes({quoted})"), limit).await;
    }

    /// Waits until an expression is true; a failure shows what the page says.
    pub async fn until(&self, expression: &str, limit: Duration) {
        let start = Instant::now();
        while self.value(expression).await != Value::Bool(true) {
            if start.elapsed() > limit {
                let text = self.value("document.body.innerText").await;
                panic!("not true after {limit:?}: {expression}\n{text}");
            }
            sleep(Duration::from_millis(100)).await;
        }
    }
}
