//! The layout of the help in French: clap's headings, its order and its spaces.

use clap::{Arg, Command};

use crate::wording::typography::unbroken;

/// Order of a help page.
pub const TEMPLATE: &str = "{about-with-newline}\nUsage\u{A0}: {usage}\n\n{all-args}{after-help}";

// Clap writes the colon; the space before it is French.
const COMMANDS: &str = "Commandes\u{A0}";
/// Heading of what every command understands.
pub const COMMON: &str = "Options communes\u{A0}";
/// Heading of the options that decide for one run.
pub const DECISIONS: &str = "Décisions\u{A0}";
/// Heading of the options that change establishments.
pub const ESTABLISHMENTS: &str = "Établissements\u{A0}";
/// Heading of the options that change posts.
pub const POSTS: &str = "Postes\u{A0}";
const ARGUMENTS: &str = "Arguments\u{A0}";
const OPTIONS: &str = "Options\u{A0}";

/// Gives a command and those below it the French layout and spaces.
pub fn french(command: Command) -> Command {
    let names: Vec<String> =
        command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command = sentences(command)
        .help_template(TEMPLATE)
        .subcommand_help_heading(COMMANDS)
        .subcommand_value_name("COMMANDE")
        .mut_args(french_argument);
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, french))
}

fn sentences(command: Command) -> Command {
    let about = command.get_about().map(|text| unbroken(&text.to_string()));
    let long = command.get_long_about().map(|text| unbroken(&text.to_string()));
    let after = command.get_after_help().map(|text| unbroken(&text.to_string()));
    let command = command.about(about.unwrap_or_default()).after_help(after.unwrap_or_default());
    long.into_iter().fold(command, Command::long_about)
}

fn french_argument(argument: Arg) -> Arg {
    let help = argument.get_help().map(|text| unbroken(&text.to_string()));
    let argument = argument.help(help.unwrap_or_default());
    // What they are is said in the sentences, in French.
    let argument = if argument.get_action().takes_values() {
        argument.hide_possible_values(true).hide_default_value(true)
    } else {
        argument
    };
    match (argument.get_help_heading().is_some(), argument.is_positional()) {
        (true, _) => argument,
        (false, true) => argument.help_heading(ARGUMENTS),
        (false, false) => argument.help_heading(OPTIONS),
    }
}
