type Tree = Readonly<Record<string, string>>;

/** What is wrong with a mirror, one line a path; none when it is as expected. */
export const treeDifference = (found: Tree, expected: Tree): readonly string[] => [
  ...Object.keys(expected).flatMap((name) => {
    if (!(name in found)) return [`missing: ${name}`];
    return found[name] === expected[name] ? [] : [`different: ${name}`];
  }),
  ...Object.keys(found).flatMap((name) => (name in expected ? [] : [`litter: ${name}`])),
];
