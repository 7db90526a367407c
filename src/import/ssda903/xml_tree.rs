//! One `CHILD` of the XML file at a time, as a small tree of items and groups.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};

/// An element with its items (elements that hold text) and inner groups.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Tag, upper case, without a prefix.
    pub name: String,
    /// Line of the start tag, counted from 1.
    pub line: u32,
    /// Tags and texts of the items, in order.
    pub items: Vec<(String, String)>,
    /// Groups, in order.
    pub inner: Vec<Element>,
    /// Text between the tags.
    text: String,
}

/// No return is nested deeper: return, child, header, group, item.
const DEEPEST: usize = 16;

/// Hands every `CHILD` to `take`, in order.
///
/// # Errors
/// The line at which the text is no well-formed XML. Children before it have been handed over.
pub fn children(text: &str, mut take: impl FnMut(&Element)) -> Result<(), u32> {
    let mut reader = Reader::from_str(text);
    let mut lines = LineCount { text, at: 0, line: 1 };
    let mut open: Vec<Element> = Vec::new();
    loop {
        let line = lines.at(reader.buffer_position());
        match reader.read_event().map_err(|_| line)? {
            Event::Start(tag) if open.len() < DEEPEST => open.push(element(tag.local_name().as_ref(), line)),
            Event::Start(_) => return Err(line),
            Event::Empty(tag) => close(element(tag.local_name().as_ref(), line), &mut open, &mut take),
            Event::End(_) => {
                let Some(done) = open.pop() else { return Err(line) };
                close(done, &mut open, &mut take);
            }
            Event::Text(words) => {
                let words = words.decode().ok().filter(|words| !words.contains(is_control)).ok_or(line)?;
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&words);
                }
            }
            Event::CData(words) => {
                let words = words.decode().ok().filter(|words| !words.contains(is_control)).ok_or(line)?;
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&words);
                }
            }
            Event::GeneralRef(entity) => {
                let character = character(&entity).ok_or(line)?;
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&character);
                }
            }
            Event::Eof if open.is_empty() => return Ok(()),
            Event::Eof => return Err(line),
            _ => {}
        }
    }
}

fn element(name: &[u8], line: u32) -> Element {
    Element { name: String::from_utf8_lossy(name).to_uppercase(), line, ..Element::default() }
}

/// The character of `&amp;` or `&#233;`.
fn character(entity: &BytesRef<'_>) -> Option<String> {
    if let Some(character) = entity.resolve_char_ref().ok()? {
        return (!is_control(character)).then(|| character.to_string());
    }
    resolve_predefined_entity(&entity.decode().ok()?).map(str::to_owned)
}

/// Characters that XML does not allow, and no database keeps.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// An element that has ended: a child is handed over, an item or a group goes to the element around it.
fn close(done: Element, open: &mut [Element], take: &mut impl FnMut(&Element)) {
    if done.name == "CHILD" && (!done.items.is_empty() || !done.inner.is_empty()) {
        take(&done);
    } else if let Some(around) = open.last_mut() {
        if done.items.is_empty() && done.inner.is_empty() {
            around.items.push((done.name, done.text));
        } else {
            around.inner.push(done);
        }
    }
}

/// Counts lines up to a growing place in the text.
struct LineCount<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl LineCount<'_> {
    fn at(&mut self, place: u64) -> u32 {
        let place = usize::try_from(place).unwrap_or(self.at);
        let passed = self.text.as_bytes().get(self.at..place).unwrap_or_default();
        let ends = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.at = place;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Element>, u32> {
        let mut found = Vec::new();
        children(text, |child| {
            found.push(Element { inner: Vec::new(), items: child.items.clone(), ..Element::default() })
        })?;
        Ok(found)
    }

    #[test]
    fn items_are_read_with_their_entities() {
        let found = read("<R><CHILD><CHILDID>a&amp;b&#67;</CHILDID><DEC/><x:UPN>1</x:UPN></CHILD></R>").unwrap();
        let items: Vec<(&str, &str)> =
            found.first().unwrap().items.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(items, [("CHILDID", "a&bC"), ("DEC", ""), ("UPN", "1")]);
    }

    #[test]
    fn broken_files_say_where() {
        assert_eq!(read("<R>\n<CHILD>\n</R>"), Err(3));
        assert_eq!(read("<R>\n<CHILD>\n<A>1</A>"), Err(3));
        assert_eq!(read("<R>&unknown;</R>"), Err(1));
        assert_eq!(read("<R>\n&#1;</R>"), Err(2));
        assert_eq!(read("<R>\0</R>"), Err(1));
        assert_eq!(read(&"<A>".repeat(100)), Err(1));
    }
}
