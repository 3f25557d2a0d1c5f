package io.dlms4j.transport;

import io.dlms4j.link.LinkAddress;
import io.dlms4j.wrapper.WPort;
import io.dlms4j.wrapper.WrapperClientConfig;
import io.dlms4j.wrapper.WrapperServerConfig;
import java.time.Duration;
import java.util.Set;

/** What pairs of wrapper links are configured with. */
final class WrapperLinks {
  static final LinkAddress CONNECTION = new LinkAddress(WPort.PUBLIC_CLIENT, 1);

  private WrapperLinks() {}

  static WrapperClientConfig client(Duration patience) {
    return WrapperClientConfig.builder(WPort.PUBLIC_CLIENT, 1).inactivityTimeout(patience).build();
  }

  static WrapperServerConfig server() {
    return WrapperServerConfig.builder(Set.of(1)).build();
  }
}
