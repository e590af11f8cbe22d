import { Resource, type Seat } from './tenancy.ts';

/** Resources without instances: a guest gets no socket, so they need no methods. */
class TcpSocket {}
class UdpSocket {}
class IncomingDatagramStream {}
class OutgoingDatagramStream {}
class ResolveAddressStream {}

/** wasi:sockets/network: a handle that opens nothing. */
class Network extends Resource {}

/** `access-denied` of wasi:sockets/network: the error arm, as it is thrown. */
function denied(): never {
  throw 'access-denied';
}

/** The interfaces of wasi:sockets. Guests reach the network, where they may, through wasi:http only. */
export function socketImports(seat: Seat): Record<string, object> {
  return {
    'wasi:sockets/network': { Network, networkErrorCode: () => undefined },
    'wasi:sockets/instance-network': { instanceNetwork: () => new Network(seat) },
    'wasi:sockets/ip-name-lookup': { ResolveAddressStream, resolveAddresses: denied },
    'wasi:sockets/tcp': { TcpSocket },
    'wasi:sockets/tcp-create-socket': { createTcpSocket: denied },
    'wasi:sockets/udp': { UdpSocket, IncomingDatagramStream, OutgoingDatagramStream },
    'wasi:sockets/udp-create-socket': { createUdpSocket: denied },
  };
}
