//! JSON to be read by people too, with no negative zero: an empty sum of floating-point numbers is
//! one, and nobody understands "-0.0 ETP".

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{Formatter, PrettyFormatter};

use super::error::ExportError;

/// The bytes of the file, a line feed at their end; `name` says in an error what it is.
///
/// # Errors
/// [`ExportError::Compose`].
pub fn to_json(name: &str, value: &impl Serialize) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    let formatter = PlainZero(PrettyFormatter::new());
    let mut serializer = Serializer::with_formatter(&mut bytes, formatter);
    value.serialize(&mut serializer).map_err(ExportError::composing(name))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The pretty format, but for zeros.
struct PlainZero(PrettyFormatter<'static>);

impl Formatter for PlainZero {
    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        // The sum of both zeros is the positive one.
        self.0.write_f64(writer, value + 0.0)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_zero_is_negative_and_the_rest_is_as_pretty_as_ever() {
        let value =
            serde_json::json!({ "etp": [-0.0, 1.5], "vide": [], "sans": {}, "x": { "y": -1 } });
        let usual = serde_json::to_string_pretty(&value).expect("plain") + "\n";
        let ours = to_json("x", &value).expect("plain");
        assert_eq!(String::from_utf8(ours).expect("text"), usual.replace("-0.0", "0.0"));
    }
}
