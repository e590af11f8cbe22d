declare module 'buffer/index.js' {
  export const Buffer: unknown;
  export const kMaxLength: number;
  export const SlowBuffer: unknown;
}
declare function queueMicrotask(callback: () => void): void;
declare function atob(text: string): string;
declare function btoa(text: string): string;
declare module 'events/events.js' {
  const Events: unknown;
  export default Events;
}
