package io.dlms4j.server;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.classes.MethodAccessMode;
import io.dlms4j.cosem.security.Password;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A physical device with an association of every kind, and objects that can be read, written and
 * invoked, or not.
 *
 * <pre>
 * client 16  logical names, lowest level security, all services
 * client 17  logical names, low level security with the password 12345
 * client 18  short names, all services
 * client 19  logical names, user 5 alone
 * client 20  short names, Read alone
 *
 * 1:0.0.96.1.0.255    1000  attribute 2 is an unsigned, at first 42, which can be written
 * 1:0.0.96.1.1.255    1100  attribute 2 may neither be read nor written
 * 70:0.0.96.3.10.255  1200  method 1 counts, method 2 may not be invoked, -1 returns the count,
 *                           -2 returns an octet-string of 50 octets
 * 7:1.0.99.1.0.255    1400  attribute 2 has access selector 2, which it answers with the parameters
 * 1:0.0.96.1.4.255    1600  is not seen: no client has any right to it
 * 1:0.0.96.1.3.255    1500  attribute 2 is an octet-string of 100 octets at first
 * </pre>
 */
final class TestDevice {
  static final int SAP = 1;

  /** With SAP 1 on HDLC: 02 41. */
  private static final int PHYSICAL_ADDRESS = 32;

  private static final ObisCode NUMBER = ObisCode.of("0.0.96.1.0.255");
  private static final ObisCode DENIED = ObisCode.of("0.0.96.1.1.255");
  private static final ObisCode CONTROL = ObisCode.of("0.0.96.3.10.255");
  private static final ObisCode PROFILE = ObisCode.of("1.0.99.1.0.255");
  private static final ObisCode UNSEEN = ObisCode.of("0.0.96.1.4.255");
  private static final ObisCode TEXT = ObisCode.of("0.0.96.1.3.255");

  private static final Set<Conformance> LOGICAL_NAMES =
      EnumSet.of(
          Conformance.ATTRIBUTE0_SUPPORTED_WITH_SET,
          Conformance.PRIORITY_MGMT_SUPPORTED,
          Conformance.ATTRIBUTE0_SUPPORTED_WITH_GET,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
          Conformance.BLOCK_TRANSFER_WITH_ACTION,
          Conformance.MULTIPLE_REFERENCES,
          Conformance.DATA_NOTIFICATION,
          Conformance.ACCESS,
          Conformance.GET,
          Conformance.SET,
          Conformance.SELECTIVE_ACCESS,
          Conformance.EVENT_NOTIFICATION,
          Conformance.ACTION);

  private static final Set<Conformance> SHORT_NAMES =
      EnumSet.of(
          Conformance.READ,
          Conformance.WRITE,
          Conformance.UNCONFIRMED_WRITE,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
          Conformance.MULTIPLE_REFERENCES,
          Conformance.INFORMATION_REPORT,
          Conformance.PARAMETERIZED_ACCESS);

  private static final AccessPolicy POLICY =
      new AccessPolicy() {
        private final AccessPolicy full = AccessPolicy.full();

        @Override
        public AttributeAccessMode mode(CosemObject object, int attributeIndex) {
          return object.logicalName().equals(UNSEEN)
                  || (object.logicalName().equals(DENIED) && attributeIndex == 2)
              ? AttributeAccessMode.NO_ACCESS
              : full.mode(object, attributeIndex);
        }

        @Override
        public MethodAccessMode methodMode(CosemObject object, int methodIndex) {
          return methodIndex == 2 ? MethodAccessMode.NO_ACCESS : MethodAccessMode.ACCESS;
        }
      };

  private TestDevice() {}

  /** A new one, whose objects are as described above. */
  static PhysicalDevice create() {
    LogicalDevice device =
        LogicalDevice.builder(SAP, Octets.ofAscii("DLM0000001"))
            .association(
                16,
                ServerAssociationConfig.builder()
                    .lowestLevelSecurity()
                    .conformance(LOGICAL_NAMES)
                    .build(),
                POLICY)
            .association(
                17,
                ServerAssociationConfig.builder()
                    .conformance(LOGICAL_NAMES)
                    .lowLevelSecurity(Password.ofText("12345"))
                    .build(),
                POLICY)
            .association(
                18,
                ServerAssociationConfig.builder()
                    .lowestLevelSecurity()
                    .shortNames()
                    .conformance(SHORT_NAMES)
                    .build(),
                POLICY)
            .association(
                19,
                ServerAssociationConfig.builder()
                    .lowestLevelSecurity()
                    .conformance(LOGICAL_NAMES)
                    .users(Set.of(5))
                    .build(),
                POLICY)
            .association(
                20,
                ServerAssociationConfig.builder()
                    .lowestLevelSecurity()
                    .shortNames()
                    .conformance(Set.of(Conformance.READ))
                    .build(),
                POLICY)
            .object(number(), 0x1000)
            .object(CosemObject.data(DENIED, CosemData::nullData), 0x1100)
            .object(control(), 0x1200, 0x20)
            .object(profile(), 0x1400)
            .object(text(), 0x1500)
            .object(CosemObject.data(UNSEEN, CosemData::nullData), 0x1600)
            .build();
    return PhysicalDevice.of(PHYSICAL_ADDRESS, device);
  }

  private static CosemObject number() {
    AtomicInteger value = new AtomicInteger(42);
    return CosemObject.builder(1, 0, NUMBER)
        .attribute(
            2, () -> CosemData.unsigned(value.get()), data -> value.set((int) data.integralValue()))
        .build();
  }

  private static CosemObject control() {
    AtomicInteger count = new AtomicInteger();
    return CosemObject.builder(70, 0, CONTROL)
        .attribute(2, () -> CosemData.bool(true))
        .attribute(3, () -> CosemData.enumerated(1))
        .attribute(4, () -> CosemData.enumerated(0))
        .method(
            1,
            request -> {
              count.incrementAndGet();
              return InvokeResult.success();
            })
        .method(2, request -> InvokeResult.success())
        .method(-1, request -> InvokeResult.of(CosemData.longUnsigned(count.get())))
        .method(-2, request -> InvokeResult.of(digits(5)))
        .build();
  }

  private static CosemObject profile() {
    return CosemObject.builder(7, 1, PROFILE)
        .attribute(
            2,
            List.of(2),
            request -> {
              var selection = request.selectiveAccess();
              return ReadResult.of(
                  selection == null
                      ? CosemData.array()
                      : CosemData.array(selection.accessParameters().value()));
            })
        .build();
  }

  private static CosemObject text() {
    AtomicReference<CosemData> value = new AtomicReference<>(digits(10));
    return CosemObject.builder(1, 0, TEXT).attribute(2, value::get, value::set).build();
  }

  private static CosemData digits(int tens) {
    return CosemData.octetString(Octets.ofAscii("0123456789".repeat(tens)));
  }
}
