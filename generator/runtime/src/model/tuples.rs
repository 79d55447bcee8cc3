//! Arrays of a fixed number of items, each with a type of its own (`prefixItems`).

use crate::json::decode::FromJson;
use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Reader};
use crate::json::writer::{ToJson, Writer};
use crate::model::rules::{Checker, Rule};
use crate::model::validate::Validate;

macro_rules! tuples {
    ($($count:literal ($($item:ident $index:tt),*))*) => { $(
        impl<$($item: FromJson),*> FromJson for ($($item,)*) {
            fn kinds() -> Kinds {
                Kinds::ARRAY
            }

            #[allow(non_snake_case, reason = "a slot is called as its type")]
            fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
                let start = reader.place();
                $(let mut $item = None;)*
                let mut count = 0;
                reader.read_array(|reader, index| {
                    count = index + 1;
                    match index {
                        $($index => $item = Some(<$item as FromJson>::read(reader)?),)*
                        _ => reader.skip()?,
                    }
                    Ok(())
                })?;
                match ($($item,)*) {
                    ($(Some($item),)*) if count == $count => Ok(($($item,)*)),
                    _ => {
                        reader.go_to(start);
                        Err(reader.expected(concat!("an array of ", $count)))
                    }
                }
            }
        }

        impl<$($item: Validate),*> Validate for ($($item,)*) {
            fn check(&self, rules: &[Rule], checker: &mut Checker) {
                let pick = |rule: &Rule| match rule {
                    Rule::PrefixItems(lists) => Some(*lists),
                    _ => None,
                };
                let lists = rules.iter().find_map(pick).unwrap_or(&[]);
                $(checker.item($index, |checker| {
                    self.$index.check(lists.get($index).copied().unwrap_or(&[]), checker);
                });)*
            }

            fn unknowns(&self) -> usize {
                0 $(+ self.$index.unknowns())*
            }
        }

        impl<$($item: ToJson),*> ToJson for ($($item,)*) {
            fn write(&self, json: &mut Writer) {
                json.array([$(&self.$index as &dyn ToJson),*], |item, json| item.write(json));
            }
        }
    )* };
}
tuples! {
    1 (A 0)
    2 (A 0, B 1)
    3 (A 0, B 1, C 2)
    4 (A 0, B 1, C 2, D 3)
    5 (A 0, B 1, C 2, D 3, E 4)
    6 (A 0, B 1, C 2, D 3, E 4, F 5)
    7 (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    8 (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
}
