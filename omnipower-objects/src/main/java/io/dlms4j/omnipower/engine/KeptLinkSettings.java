package io.dlms4j.omnipower.engine;

import io.dlms4j.omnipower.backend.LinkSettings;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.util.Optional;

/** What clients have set of the link, in permanent memory. */
final class KeptLinkSettings {
  private final Cells cells;

  KeptLinkSettings(PermanentMemory memory) {
    cells = memory.cells("link settings", 7);
  }

  void set(LinkSettings settings) {
    cells.set(0, settings.windowSizeTransmit());
    cells.set(1, settings.windowSizeReceive());
    cells.set(2, settings.maxInfoFieldLengthTransmit());
    cells.set(3, settings.maxInfoFieldLengthReceive());
    cells.set(4, settings.interOctetTimeOut());
    cells.set(5, settings.inactivityTimeOut());
    cells.set(6, settings.deviceAddress());
  }

  /** Nothing if nobody ever set them, or the memory holds what no link can have. */
  Optional<LinkSettings> get() {
    try {
      return Optional.of(
          new LinkSettings(
              number(0), number(1), number(2), number(3), number(4), number(5), number(6)));
    } catch (ArithmeticException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private int number(int cell) {
    return Math.toIntExact(cells.get(cell));
  }
}
