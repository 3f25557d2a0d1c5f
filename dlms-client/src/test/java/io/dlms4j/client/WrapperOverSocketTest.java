package io.dlms4j.client;

/** The contract over the COSEM wrapper on a blocking socket. */
class WrapperOverSocketTest extends SecurityContract {
  @Override
  Place place() {
    return new Place.WrapperOverSocket();
  }
}
