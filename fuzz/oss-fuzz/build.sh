#!/bin/bash -eu
# Builds every target of fuzz/ and packs its seeds.
cd "$SRC/project"
cargo fuzz build -O --debug-assertions
built=fuzz/target/x86_64-unknown-linux-gnu/release
for path in fuzz/targets/*.rs; do
    target=$(basename "$path" .rs)
    cp "$built/$target" "$OUT/"
    seeds=(fuzz/seeds/"$target")
    # Targets that draw a document share its seeds.
    case $target in
        plan | rust | pipeline) seeds=(fuzz/seeds/drawn) ;;
        diff | overlay) seeds+=(fuzz/seeds/drawn) ;;
    esac
    for folder in "${seeds[@]}"; do
        if [ -d "$folder" ]; then
            zip --quiet --junk-paths "$OUT/${target}_seed_corpus.zip" "$folder"/*
        fi
    done
done
