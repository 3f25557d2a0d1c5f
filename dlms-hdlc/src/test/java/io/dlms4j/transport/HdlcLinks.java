package io.dlms4j.transport;

import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcPrimary;
import io.dlms4j.hdlc.HdlcPrimaryConfig;
import io.dlms4j.hdlc.HdlcSecondary;
import io.dlms4j.hdlc.HdlcSecondaryConfig;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import java.time.Duration;
import java.util.Set;

/** A pair of HDLC links. */
final class HdlcLinks {
  static final LinkAddress CONNECTION = new LinkAddress(16, 1, 32);
  static final int LONGEST_PAYLOAD = 60_000;

  private HdlcLinks() {}

  static Link client(Duration patience) {
    return new HdlcPrimary(
        HdlcPrimaryConfig.builder(16, HdlcAddress.server(1, 32)).responseTimeout(patience).build());
  }

  static Link server() {
    return new HdlcSecondary(HdlcSecondaryConfig.builder().device(32, Set.of(1)).build());
  }
}
