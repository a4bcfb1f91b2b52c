// Listens to a call of the engine, where the host's request is decoded: the one place of Pulumi's SDK that a pack can reach.
// Invariant: the request reaches the host as it was sent.

/** A method of AnalyzerService, as its gRPC definition holds it. */
interface Method<Request> {
  readonly requestDeserialize: (bytes: Buffer) => Request;
}

/** Has to be called before the pack is constructed, for the host's server takes the method as it then is. */
export function hearCall<Request>(method: Method<Request>, hear: (request: Request) => void): void {
  const listened = method as { requestDeserialize: Method<Request>["requestDeserialize"] };
  const decode = method.requestDeserialize;
  listened.requestDeserialize = (bytes) => {
    const request = decode(bytes);
    hear(request);
    return request;
  };
}
