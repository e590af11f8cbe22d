import { console } from '../console/index.ts';
import { Module } from '../modules/commonjs.ts';
import { builtinNames, registerNode } from './registry.ts';

registerNode('console', console);
registerNode('module', Module);

Module.builtinModules = builtinNames();
