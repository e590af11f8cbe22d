import { type Mount, type Node, type NodeKind, nodeSize, type Time } from '../files/index.ts';

// The records and flags of wasi:filesystem/types, as a transpiled component writes them.

export interface PathFlags {
  readonly symlinkFollow?: boolean;
}

export interface OpenFlags {
  readonly create?: boolean;
  readonly directory?: boolean;
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
}

export interface DescriptorFlags {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly mutateDirectory?: boolean;
}

export interface DescriptorStat {
  readonly type: NodeKind;
  readonly linkCount: bigint;
  readonly size: bigint;
  readonly dataAccessTimestamp: Time;
  readonly dataModificationTimestamp: Time;
  readonly statusChangeTimestamp: Time;
}

export interface MetadataHash {
  readonly lower: bigint;
  readonly upper: bigint;
}

/** `descriptor-stat` of a node. */
export function describe(node: Node): DescriptorStat {
  return {
    type: node.kind,
    linkCount: BigInt(node.links),
    size: BigInt(nodeSize(node)),
    dataAccessTimestamp: node.accessed,
    dataModificationTimestamp: node.modified,
    statusChangeTimestamp: node.changed,
  };
}

/** Guests use it as inode number: it names the node and nothing else. Mounted volumes count their own inodes. */
export function hash(node: Node, mount: Mount | undefined): MetadataHash {
  const volume = BigInt(mount?.index ?? 0);
  return { lower: (volume << 40n) + BigInt(node.inode), upper: volume };
}
