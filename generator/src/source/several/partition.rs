//! Which nodes of a graph can't be told apart by following its edges (Hopcroft's refinement of partitions). It takes
//! `m log n` steps for `m` edges, whatever the graph is.

/// The class of each node: nodes have the same one if they have the same `kind` and their edges, one by one, lead to
/// nodes of the same classes. Nodes of one kind have equally many edges.
pub(super) fn classes(kinds: &[usize], edges: &[Vec<usize>]) -> Vec<usize> {
    let mut partition = Partition::new(kinds);
    // Where the edges that lead to each node come from, and which of its node's edges each is.
    let mut before: Vec<Vec<(usize, usize)>> = vec![Vec::new(); kinds.len()];
    for (from, targets) in edges.iter().enumerate() {
        for (position, target) in targets.iter().enumerate() {
            before[*target].push((position, from));
        }
    }
    let mut waiting: Vec<usize> = (0..partition.start.len()).collect();
    while let Some(class) = waiting.pop() {
        let mut leading: Vec<(usize, usize)> =
            partition.nodes_of(class).iter().flat_map(|node| before[*node].iter().copied()).collect();
        leading.sort_unstable();
        leading.dedup();
        for same in leading.chunk_by(|one, other| one.0 == other.0) {
            let mut touched = Vec::new();
            for (_, node) in same {
                let class = partition.class[*node];
                if partition.mark(*node) {
                    touched.push(class);
                }
            }
            // The smaller part is the new class, and what leads to the other one is then known, too.
            waiting.extend(touched.into_iter().filter_map(|class| partition.split(class)));
        }
    }
    partition.class
}

struct Partition {
    /// The nodes, those of a class side by side, and of these the marked ones first.
    nodes: Vec<usize>,
    /// Where each node is among them.
    index: Vec<usize>,
    class: Vec<usize>,
    /// Where each class starts, how many nodes it has, and how many of them are marked.
    start: Vec<usize>,
    length: Vec<usize>,
    marked: Vec<usize>,
}

impl Partition {
    fn new(kinds: &[usize]) -> Self {
        let mut nodes: Vec<usize> = (0..kinds.len()).collect();
        nodes.sort_by_key(|node| kinds[*node]);
        let mut new = Self {
            index: vec![0; nodes.len()],
            class: vec![0; nodes.len()],
            nodes,
            start: Vec::new(),
            length: Vec::new(),
            marked: Vec::new(),
        };
        let mut last = None;
        for (index, node) in new.nodes.iter().enumerate() {
            if last != Some(kinds[*node]) {
                last = Some(kinds[*node]);
                new.start.push(index);
                new.length.push(0);
                new.marked.push(0);
            }
            let class = new.start.len() - 1;
            new.length[class] += 1;
            new.class[*node] = class;
            new.index[*node] = index;
        }
        new
    }

    fn nodes_of(&self, class: usize) -> &[usize] {
        &self.nodes[self.start[class]..self.start[class] + self.length[class]]
    }

    /// Marks a node that isn't marked. Returns whether it is the first one of its class.
    fn mark(&mut self, node: usize) -> bool {
        let class = self.class[node];
        let to = self.start[class] + self.marked[class];
        let from = self.index[node];
        let other = self.nodes[to];
        self.nodes.swap(from, to);
        self.index[node] = to;
        self.index[other] = from;
        self.marked[class] += 1;
        self.marked[class] == 1
    }

    /// Parts the marked nodes of a class from the others and unmarks them. Returns the new class, if both have any.
    fn split(&mut self, class: usize) -> Option<usize> {
        let marked = std::mem::take(&mut self.marked[class]);
        let (start, length) = (self.start[class], self.length[class]);
        let others = length - marked;
        if others == 0 {
            return None;
        }
        let new = self.start.len();
        let new_start = if marked <= others { start } else { start + marked };
        let new_length = marked.min(others);
        if new_start == start {
            self.start[class] = start + marked;
        }
        self.length[class] = length - new_length;
        self.start.push(new_start);
        self.length.push(new_length);
        self.marked.push(0);
        for node in &self.nodes[new_start..new_start + new_length] {
            self.class[*node] = new;
        }
        Some(new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cycles_of_the_same_meaning_are_one() {
        // Two cycles of lengths two and three whose nodes all look alike, and a node that leads into one of another kind.
        let edges = [vec![1], vec![0], vec![3], vec![4], vec![2], vec![6], vec![]];
        let found = classes(&[0, 0, 0, 0, 0, 0, 1], &edges);
        assert!(found[..5].iter().all(|class| *class == found[0]));
        assert!(found[5] != found[0] && found[6] != found[5]);
    }

    #[test]
    fn chains_are_told_apart_by_their_length() {
        let count = 20_000;
        let edges: Vec<Vec<usize>> =
            (0..count).map(|node| if node == 0 { vec![] } else { vec![node - 1] }).collect();
        let kinds: Vec<usize> = (0..count).map(|node| usize::from(node > 0)).collect();
        let mut found = classes(&kinds, &edges);
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), count);
    }
}
