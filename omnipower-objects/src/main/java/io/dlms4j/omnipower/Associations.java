package io.dlms4j.omnipower;

import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.Quirk;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.association.ServerSecurity;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.classes.MethodAccessMode;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.AssociationOffer;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.Hdlc;
import io.dlms4j.server.LogicalDevice;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may associate with a meter, and what they may do (DLMS description 2.4.2 and 2.4.3). */
final class Associations {
  /**
   * Data blocks hold whole rows, and their length is always written in three octets (chapter 4).
   */
  private static final Set<Quirk> HABITS =
      EnumSet.of(Quirk.WHOLE_ELEMENTS_IN_BLOCKS, Quirk.LONG_RAW_DATA_LENGTH);

  /** What a payload on HDLC has before its APDU: the LLC header. */
  private static final int LLC_OCTETS = 3;

  private final Catalogue catalogue;
  private final Hdlc hdlc;
  private final MeterPassword password;

  /** An association that the vendor's description does not have. */
  record Secured(ServerSecurity security, KeyProvider keys, @Nullable CosemObject setup) {}

  Associations(Catalogue catalogue, Hdlc hdlc, MeterPassword password) {
    this.catalogue = catalogue;
    this.hdlc = hdlc;
    this.password = password;
  }

  LogicalDevice.Builder management(LogicalDevice.Builder device) {
    return device.association(
        OmnipowerAssociation.PUBLIC.clientSap(),
        config(EnumSet.of(Conformance.GET, Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ))
            .lowestLevelSecurity()
            .build(),
        rights(MeterRights.Reader.PUBLIC));
  }

  LogicalDevice.Builder metering(LogicalDevice.Builder device, Map<Integer, Secured> secured) {
    ServerAssociationConfig withPassword =
        config(meteringServices()).lowLevelSecurity(password::current).build();
    for (OmnipowerAssociation association : OmnipowerAssociation.values()) {
      if (association != OmnipowerAssociation.PUBLIC) {
        MeterRights rights =
            rights(
                association == OmnipowerAssociation.PRIMARY_MODULE
                    ? MeterRights.Reader.PRIMARY_MODULE
                    : MeterRights.Reader.OTHER);
        device.association(
            association.clientSap(),
            AssociationOffer.of(withPassword, rights).withSecretChange(password::change));
      }
    }
    secured.forEach((clientSap, each) -> addSecured(device, clientSap, each));
    return device;
  }

  private void addSecured(LogicalDevice.Builder device, int clientSap, Secured secured) {
    CosemObject setup = secured.setup();
    AssociationOffer offer =
        AssociationOffer.of(
                config(meteringServices()).security(secured.security()).build(),
                new SecuredRights(rights(MeterRights.Reader.OTHER), setup))
            .withKeys(secured.keys());
    if (setup != null) {
      device.object(setup);
      offer = offer.withSecuritySetup(setup.logicalName());
    }
    device.association(clientSap, offer);
  }

  private MeterRights rights(MeterRights.Reader reader) {
    return new MeterRights(catalogue, reader);
  }

  /** The AAREs of the K351C that are printed do not grant action (chapter 4). */
  private Set<Conformance> meteringServices() {
    Set<Conformance> services =
        EnumSet.of(
            Conformance.GET,
            Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
            Conformance.SET,
            Conformance.SELECTIVE_ACCESS);
    if (catalogue.variant() != MeterVariant.K351C) {
      services.add(Conformance.ACTION);
    }
    return services;
  }

  private ServerAssociationConfig.Builder config(Set<Conformance> conformance) {
    return ServerAssociationConfig.builder()
        .conformance(conformance)
        .maxReceivePduSize(hdlc.maxInformationFieldLengthReceive() - LLC_OCTETS)
        .maxSendPduSize(hdlc.maxInformationFieldLengthTransmit() - LLC_OCTETS)
        .quirks(HABITS);
  }

  /** The rights of a client with a password, and those to its Security setup. */
  private record SecuredRights(AccessPolicy rights, @Nullable CosemObject setup)
      implements AccessPolicy {
    @Override
    public AttributeAccessMode mode(CosemObject object, int attributeIndex) {
      return object == setup ? AttributeAccessMode.READ_ONLY : rights.mode(object, attributeIndex);
    }

    @Override
    public MethodAccessMode methodMode(CosemObject object, int methodIndex) {
      return object == setup
          ? MethodAccessMode.AUTHENTICATED_ACCESS
          : rights.methodMode(object, methodIndex);
    }
  }
}
