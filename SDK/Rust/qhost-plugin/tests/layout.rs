//! The tables of this crate are those of the C header, byte for byte.

use std::collections::BTreeSet;

use qhost_plugin::abi::LAYOUT;

/// The lines of SDK/C/layout.golden for the structs that this crate has; drafts come after them.
fn golden() -> BTreeSet<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../C/layout.golden");
    let text = std::fs::read_to_string(path).expect("the crate lies in qhost's sources");
    text.lines().map(|line| line.trim().to_string()).filter(|line| line.starts_with("QHOST_")).collect()
}

#[test]
fn every_struct_and_member_is_where_the_header_has_it() {
    let golden = golden();
    let mut mine = BTreeSet::new();
    for (name, size, members) in LAYOUT {
        mine.insert(format!("QHOST_STRUCT({name}, {size})"));
        for (member, offset) in *members {
            let member = member.trim_start_matches("r#");
            mine.insert(format!("QHOST_MEMBER({name}, {member}, {offset})"));
        }
    }
    assert!(mine.len() > 200);
    assert_eq!(mine.difference(&golden).collect::<Vec<_>>(), Vec::<&String>::new());
    // Nothing of these structs is left out.
    let names: BTreeSet<_> = LAYOUT.iter().map(|(name, _, _)| *name).collect();
    let of_these =
        |line: &&String| names.contains(&line[line.find('(').unwrap() + 1..line.find(',').unwrap()]);
    let absent: Vec<_> = golden.iter().filter(of_these).filter(|line| !mine.contains(*line)).collect();
    assert_eq!(absent, Vec::<&String>::new());
}
