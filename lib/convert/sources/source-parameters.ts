/** Parameters, and members of JSON, in which apps keep the source of what they draw; most telling first. */
export const SOURCE_PARAMETERS = [
  'source',
  'code',
  'diagram-code',
  'diagramCode',
  'diagram',
  'markup',
  'uml',
  'script',
  'latex',
  'formula',
  'equation',
  'text',
  'content',
  '__body-content',
  'body',
  'data',
];
