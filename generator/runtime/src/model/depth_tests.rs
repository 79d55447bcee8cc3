//! Deep text of objects with many properties: an error, or a value that everything can be done with, but
//! never the end of the process.

use crate::json::decode::from_slice;
use crate::json::writer::{to_value, to_vec};
use crate::prelude::*;

macro_rules! tree {
    ($name:ident { $($field:ident)* }) => {
        #[derive(Clone, PartialEq)]
        struct $name {
            sub: Option<Box<Sub>>,
            all: Option<Vec<Sub>>,
            $($field: Option<String>,)*
            additional_properties: JsonObject,
        }

        object! {
            $name {
                sub: "sub", optional, [];
                all: "all", optional, [];
                $($field: "name", optional, [];)*
            }
            additional_properties: open [];
            rules: [];
        }
    };
}

tree! { Tree {
    aa ab ac ad ae af ag ah ai aj ba bb bc bd be bf bg bh bi bj ca cb cc cd ce cf cg ch ci cj da db dc dd de df dg
    dh di dj ea eb ec ed ee ef eg eh ei ej fa fb fc fd fe ff fg fh fi fj ga gb gc gd ge gf gg gh gi gj ha hb hc hd
    he hf hg hh hi hj ia ib ic id ie ig ih ii ij ja jb jc jd je jf jg jh ji jj ka kb kc kd ke kf kg kh ki kj la lb
    lc ld le lf lg lh li lj ma mb mc md me mf mg mh mi mj na nb nc nd ne nf ng nh ni nj oa ob oc od oe of og oh oi
    oj pa pb pc pd pe pf pg ph pi pj qa qb qc qd qe qf qg qh qi qj ra rb rc rd re rf rg rh ri rj sa sb sc sd se sf
    sg sh si sj ta tb tc td te tf tg th ti tj ua ub uc ud ue uf ug uh ui uj va vb vc vd ve vf vg vh vi vj wa wb wc
    wd we wf wg wh wi wj xa xb xc xd xe xf xg xh xi xj ya yb yc yd ye yf yg yh yi yj za zb zc zd ze zf zg zh zi zj
} }

#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "as documents have them")]
enum Sub {
    Tree(Tree),
    Word(String),
    Unknown(Json),
}

untagged_union! { Sub { Tree(Tree): []; Word(String): []; } Unknown }

#[test]
fn deep_text_of_large_objects_ends_no_process() {
    for stack_size in [2 << 20, 512 << 10] {
        assert_eq!(deepest_on(stack_size), 63);
    }
}

/// Reads and uses objects inside each other on a stack of this size, and returns how deep they can be.
fn deepest_on(stack_size: usize) -> usize {
    let thread = std::thread::Builder::new().stack_size(stack_size).spawn(|| {
        assert!(size_of::<Tree>() > 6000);
        let (mut deepest, mut is_typed) = (0, Vec::new());
        for (before, after) in [(r#"{"sub":"#, "}"), (r#"{"all":[{},"#, "]}")] {
            for depth in 1..200 {
                let text = before.repeat(depth) + "{}" + &after.repeat(depth);
                match from_slice::<Tree>(text.as_bytes()) {
                    Ok(tree) => {
                        deepest = depth;
                        is_typed.push(tree.validate().is_ok());
                        assert_eq!(to_vec(&tree).unwrap(), text.as_bytes());
                        assert_eq!(tree.clone(), tree);
                        assert!(to_value(&tree).is_ok(), "{depth}");
                        assert!(format!("{tree:?}").len() > depth);
                    }
                    Err(error) => assert!(error.message.contains("deep"), "{error}"),
                }
            }
        }
        assert!(is_typed[..5].iter().all(|is_typed| *is_typed));
        deepest
    });
    thread.unwrap().join().unwrap()
}

#[test]
fn what_can_be_read_can_be_written_and_read_again() {
    for stack_size in [2 << 20, 512 << 10] {
        let thread = std::thread::Builder::new().stack_size(stack_size).spawn(read_and_write);
        thread.unwrap().join().unwrap();
    }
}

fn read_and_write() {
    for depth in [2, 100, 127, 128] {
        let text = r#"{"a":"#.repeat(depth - 1) + "[]" + &"}".repeat(depth - 1);
        let object = from_slice::<JsonObject>(text.as_bytes());
        let Ok(object) = object else { panic!("{depth}") };
        assert_eq!(to_vec(&object).unwrap(), text.as_bytes());
        assert!(to_value(&object).is_ok());
    }
    let text = r#"{"sub":"#.repeat(3) + &"[".repeat(126) + &"]".repeat(126) + "}}}";
    let error = from_slice::<Tree>(text.as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "nested more than 128 levels deep: line 1, column 147");
}

type One = Option<String>;
type Eight = (One, One, One, One, One, One, One, One);
type Many = (Eight, Eight, Eight, Eight, Eight, Eight, Eight, Eight);
type Most = (Many, Many, Many, Many, Many, Many, Many, Many);

/// As large as an object with two thousand properties.
#[derive(Clone, PartialEq)]
struct Wide {
    sub: Option<Box<Self>>,
    all: Option<Vec<Self>>,
    a: Option<Most>,
    b: Option<Most>,
    c: Option<Most>,
    d: Option<Most>,
    additional_properties: JsonObject,
}

object! {
    Wide {
        sub: "sub", optional, [];
        all: "all", optional, [];
        a: "a", optional, [];
        b: "b", optional, [];
        c: "c", optional, [];
        d: "d", optional, [];
    }
    additional_properties: open [];
    rules: [];
}

#[test]
fn deep_text_of_very_large_objects_ends_no_process() {
    assert!(size_of::<Wide>() > 40_000);
    for stack_size in [2 << 20, 512 << 10] {
        let thread = std::thread::Builder::new().stack_size(stack_size).spawn(|| {
            for (before, after) in [(r#"{"sub":"#, "}"), (r#"{"all":["#, "]}")] {
                for depth in 1..60 {
                    let text = before.repeat(depth) + "{}" + &after.repeat(depth);
                    let wide = from_slice::<Wide>(text.as_bytes()).unwrap();
                    assert_eq!(to_vec(&wide).unwrap(), text.as_bytes());
                    assert_eq!(wide.clone(), wide);
                    let _ = wide.validate();
                    assert!(format!("{wide:?}").len() > depth);
                }
            }
        });
        thread.unwrap().join().unwrap();
    }
}
