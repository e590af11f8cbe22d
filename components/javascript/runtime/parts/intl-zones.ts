/** Time zones other than UTC. */
export { canonicalName, genericName, momentIn, nameOf, zoneList } from '../intl/date/database.ts';
