package io.dlms4j.client;

import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.PhysicalDevice;

/** A server that listens at a place. */
final class Site implements AutoCloseable {
  private final Place place;
  private DlmsServer server;

  Site(Place place, PhysicalDevice device) {
    this.place = place;
    this.server = listen(device);
  }

  private DlmsServer listen(PhysicalDevice device) {
    return place.listening(DlmsServer.builder()).device(device).start();
  }

  DlmsServer server() {
    return server;
  }

  DlmsClientBuilder client(int serverSap, int clientSap) {
    return place.speaking(server, serverSap, clientSap);
  }

  /** Another server, at the same place. */
  void restart(PhysicalDevice with) {
    server.close();
    server = listen(with);
  }

  @Override
  public void close() {
    server.close();
    place.close();
  }
}
