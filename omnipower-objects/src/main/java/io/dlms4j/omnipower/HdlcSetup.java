package io.dlms4j.omnipower;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.LinkSettings;
import io.dlms4j.omnipower.backend.MeterBackend;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.CosemObjectBuilder;
import io.dlms4j.server.Hdlc;
import io.dlms4j.server.LinkProfile;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.ReadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The HDLC link of a meter, and the object that sets it up (IEC HDLC setup, version 1; DLMS
 * description 2.5, 3.9). What a client writes holds for links that come up afterwards; the link it
 * was written over goes on as it is. For all threads.
 */
final class HdlcSetup {
  /** The speed of the description. It is told, and nobody's to change. */
  private static final int BAUD_9600 = 5;

  /** Attributes 3 to 9 are what can be set; the first two of them are windows. */
  private static final int FIRST_SETTING = 3;

  private static final int LAST_WINDOW = 4;
  private static final int LAST_SETTING = 9;

  private final MeterBackend backend;
  private volatile LinkSettings settings;
  private @Nullable PhysicalDevice device;

  HdlcSetup(MeterBackend backend, Hdlc hdlc, int physicalAddress) {
    this.backend = backend;
    this.settings =
        backend
            .linkSettings()
            .orElseGet(
                () ->
                    new LinkSettings(
                        hdlc.windowSizeTransmit(),
                        hdlc.windowSizeReceive(),
                        hdlc.maxInformationFieldLengthTransmit(),
                        hdlc.maxInformationFieldLengthReceive(),
                        (int) hdlc.interOctetTimeout().toMillis(),
                        (int) hdlc.inactivityTimeout().toSeconds(),
                        physicalAddress));
  }

  int physicalAddress() {
    return settings.deviceAddress();
  }

  /** Is told which device it is that device_address moves. */
  synchronized void belongsTo(PhysicalDevice made) {
    device = made;
  }

  /** The settings as they are now. */
  Hdlc hdlc() {
    LinkSettings now = settings;
    return new Hdlc(
        now.maxInfoFieldLengthTransmit(),
        now.maxInfoFieldLengthReceive(),
        now.windowSizeTransmit(),
        now.windowSizeReceive(),
        Duration.ofSeconds(now.inactivityTimeOut()),
        Duration.ofMillis(now.interOctetTimeOut()));
  }

  /** What a port makes its links of. */
  LinkProfile profile() {
    return LinkProfile.following(this::hdlc);
  }

  CosemObject object(CatalogueEntry entry) {
    CosemObjectBuilder object =
        CosemObject.builder(entry.classId(), entry.version(), entry.logicalName())
            .attribute(2, () -> CosemData.enumerated(BAUD_9600));
    for (int attribute = FIRST_SETTING; attribute <= LAST_SETTING; attribute++) {
      setting(object, attribute);
    }
    return object.build();
  }

  private void setting(CosemObjectBuilder object, int attribute) {
    DataTag type = attribute <= LAST_WINDOW ? DataTag.UNSIGNED : DataTag.LONG_UNSIGNED;
    object.attribute(
        attribute,
        List.of(),
        request -> ReadResult.of(encode(type, values(settings).get(attribute - FIRST_SETTING))),
        request -> {
          CosemData given = request.value().value();
          return CompletableFuture.completedStage(
              given.tag() == type
                  ? set(attribute, (int) given.integralValue())
                  : DataAccessResult.TYPE_UNMATCHED);
        });
  }

  private static CosemData encode(DataTag type, int value) {
    return type == DataTag.UNSIGNED ? CosemData.unsigned(value) : CosemData.longUnsigned(value);
  }

  private synchronized DataAccessResult set(int attribute, int value) {
    LinkSettings before = settings;
    LinkSettings after;
    try {
      after = with(before, attribute, value);
      move(after.deviceAddress());
    } catch (IllegalArgumentException e) {
      // Out of its range, or the address of another meter on the line.
      return DataAccessResult.OTHER_REASON;
    }
    DataAccessResult result = backend.keepLinkSettings(after);
    if (result == DataAccessResult.SUCCESS) {
      settings = after;
    } else {
      move(before.deviceAddress());
    }
    return result;
  }

  private void move(int address) {
    PhysicalDevice moved = device;
    if (moved != null) {
      moved.moveTo(address);
    }
  }

  /** The settings in the order of their attributes. */
  private static List<Integer> values(LinkSettings settings) {
    return List.of(
        settings.windowSizeTransmit(),
        settings.windowSizeReceive(),
        settings.maxInfoFieldLengthTransmit(),
        settings.maxInfoFieldLengthReceive(),
        settings.interOctetTimeOut(),
        settings.inactivityTimeOut(),
        settings.deviceAddress());
  }

  private static LinkSettings with(LinkSettings before, int attribute, int value) {
    List<Integer> all = new ArrayList<>(values(before));
    all.set(attribute - FIRST_SETTING, value);
    return new LinkSettings(
        all.get(0), all.get(1), all.get(2), all.get(3), all.get(4), all.get(5), all.get(6));
  }
}
