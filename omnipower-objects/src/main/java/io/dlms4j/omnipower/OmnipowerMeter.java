package io.dlms4j.omnipower;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.Quirk;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.association.ServerSecurity;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.classes.MethodAccessMode;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.omnipower.backend.MeterBackend;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.AssociationOffer;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.Hdlc;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.image.ImageTransfer;
import io.dlms4j.server.image.InMemoryImageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An OMNIPOWER meter as a server shows it: the vendor's objects and associations over a {@link
 * MeterBackend}.
 *
 * <pre>{@code
 * OmnipowerMeter meter = OmnipowerMeter.of(backend).build();
 * DlmsServer.builder().tcp(1025, meter.hdlc()).device(meter.device()).start();
 * }</pre>
 */
public final class OmnipowerMeter {
  /** The vendor's default password of low level security (vendor's DLMS description, 2.4.3). */
  public static final String DEFAULT_PASSWORD = "12345";

  /** The vendor's default physical address (vendor's DLMS description, 2.5). */
  public static final int DEFAULT_PHYSICAL_ADDRESS = 32;

  /**
   * Data blocks hold whole rows, and their length is always written in three octets (chapter 4).
   */
  private static final Set<Quirk> HABITS =
      EnumSet.of(Quirk.WHOLE_ELEMENTS_IN_BLOCKS, Quirk.LONG_RAW_DATA_LENGTH);

  /** What a payload on HDLC has before its APDU: the LLC header. */
  private static final int LLC_OCTETS = 3;

  private final PhysicalDevice device;
  private final Hdlc hdlc;

  private OmnipowerMeter(PhysicalDevice device, Hdlc hdlc) {
    this.device = device;
    this.hdlc = hdlc;
  }

  /**
   * Begins a meter.
   *
   * @param backend what measures
   * @return a builder
   */
  public static Builder of(MeterBackend backend) {
    return new Builder(backend);
  }

  /**
   * The meter as a physical device, to be put into a server.
   *
   * @return the device
   */
  public PhysicalDevice device() {
    return device;
  }

  /**
   * The HDLC settings that the meter's HDLC setup object shows: give them to its port.
   *
   * @return the link profile
   */
  public Hdlc hdlc() {
    return hdlc;
  }

  /** Makes an {@link OmnipowerMeter}. */
  public static final class Builder {
    private static final Set<Conformance> METERING_SERVICES =
        Set.of(
            Conformance.GET,
            Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
            Conformance.SET,
            Conformance.ACTION,
            Conformance.SELECTIVE_ACCESS);

    /**
     * The longest block whose request is one APDU of 1007 octets; the vendor shows 985, and advises
     * this (3.8).
     */
    private static final int FIRMWARE_BLOCK_SIZE = 983;

    private static final long MOST_FIRMWARE = 1L << 20;

    private final MeterBackend backend;
    private Password password = Password.ofText(DEFAULT_PASSWORD);
    private Hdlc hdlc = Hdlc.defaults();
    private int physicalAddress = DEFAULT_PHYSICAL_ADDRESS;
    private final Map<Integer, Secured> secured = new TreeMap<>();
    private @Nullable ImageTransfer imageTransfer;

    private record Secured(
        ServerSecurity security, KeyProvider keys, @Nullable CosemObject setup) {}

    private Builder(MeterBackend backend) {
      this.backend = backend;
    }

    /**
     * Sets the password of low level security, without which there is the vendor's default.
     *
     * @param secret the password of all three associations
     * @return this
     */
    public Builder password(Password secret) {
      this.password = secret;
      return this;
    }

    /**
     * Adds an association with high level security, protected messages, or both, beside those of
     * the vendor's description, which has low level security only. Its client has the rights of
     * theirs.
     *
     * @param clientSap the client's service access point, one that is not taken
     * @param security how the client authenticates itself, and what protects the messages
     * @param keys finds the keys of the client
     * @param setup an object of class "Security setup", whose methods this client may invoke in
     *     authenticated messages, and which no other one sees; null for none
     * @return this
     */
    public Builder secured(
        int clientSap, ServerSecurity security, KeyProvider keys, @Nullable CosemObject setup) {
      secured.put(clientSap, new Secured(security, keys, setup));
      return this;
    }

    /**
     * Sets the transfer of firmware images (3.8), without which the meter keeps one of up to 1 MiB
     * in memory, finds it good and does nothing with it. Its clients are those with a password, and
     * the secured ones.
     *
     * @param transfer of the name that the catalogue has for it
     * @return this
     */
    public Builder imageTransfer(ImageTransfer transfer) {
      this.imageTransfer = transfer;
      return this;
    }

    /**
     * Sets the HDLC settings.
     *
     * @param settings the link profile
     * @return this
     */
    public Builder hdlc(Hdlc settings) {
      this.hdlc = settings;
      return this;
    }

    /**
     * Sets the physical address, without which it is 32.
     *
     * @param address the lower HDLC address
     * @return this
     */
    public Builder physicalAddress(int address) {
      this.physicalAddress = address;
      return this;
    }

    /**
     * Makes the meter.
     *
     * @return a meter whose objects ask the backend at every read
     */
    public OmnipowerMeter build() {
      Catalogue catalogue = Catalogue.omnipower();
      MeterObjects objects = new MeterObjects(catalogue, backend, hdlc, physicalAddress);
      long serialNumber = backend.identity().serialNumber();

      LogicalDevice.Builder management =
          LogicalDevice.builder(
              OmnipowerAssociation.PUBLIC.serverSap(), logicalDeviceName('M', serialNumber));
      objects.managementObjects().forEach(management::object);
      management.association(
          OmnipowerAssociation.PUBLIC.clientSap(),
          config(EnumSet.of(Conformance.GET, Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ))
              .lowestLevelSecurity()
              .build(),
          policy(catalogue, CatalogueEntry::publicAccess));

      LogicalDevice.Builder metering =
          LogicalDevice.builder(
              OmnipowerAssociation.PRIMARY_MODULE.serverSap(),
              logicalDeviceName('E', serialNumber));
      objects.managementObjects().forEach(metering::object);
      objects.meteringObjects().forEach(metering::object);
      ImageTransfer images = imageTransfer;
      metering.object((images == null ? firmware(catalogue) : images).object());
      ServerAssociationConfig withPassword =
          config(METERING_SERVICES).lowLevelSecurity(password).build();
      AccessPolicy rights = policy(catalogue, CatalogueEntry::lowLevelSecurityAccess);
      for (OmnipowerAssociation association : OmnipowerAssociation.values()) {
        if (association != OmnipowerAssociation.PUBLIC) {
          metering.association(association.clientSap(), withPassword, rights);
        }
      }
      secured.forEach((clientSap, each) -> addSecured(metering, clientSap, each, rights));
      return new OmnipowerMeter(
          PhysicalDevice.of(physicalAddress, management.build(), metering.build()), hdlc);
    }

    private static ImageTransfer firmware(Catalogue catalogue) {
      try {
        return ImageTransfer.builder(
                catalogue.entry("ImageTransfer").logicalName(), new InMemoryImageStore())
            .blockSize(FIRMWARE_BLOCK_SIZE, 16, FIRMWARE_BLOCK_SIZE)
            .maxImageSize(MOST_FIRMWARE)
            .survivingRestarts(false)
            .build();
      } catch (IOException e) {
        throw new UncheckedIOException("memory does not fail", e);
      }
    }

    private void addSecured(
        LogicalDevice.Builder metering, int clientSap, Secured secured, AccessPolicy rights) {
      AssociationOffer offer =
          AssociationOffer.of(
                  config(METERING_SERVICES).security(secured.security()).build(),
                  new SecuredRights(rights, secured.setup()))
              .withKeys(secured.keys());
      CosemObject setup = secured.setup();
      if (setup != null) {
        metering.object(setup);
        offer = offer.withSecuritySetup(setup.logicalName());
      }
      metering.association(clientSap, offer);
    }

    /** The rights of a client with a password, and those to its Security setup. */
    private record SecuredRights(AccessPolicy rights, @Nullable CosemObject setup)
        implements AccessPolicy {
      @Override
      public AttributeAccessMode mode(CosemObject object, int attributeIndex) {
        return object == setup
            ? AttributeAccessMode.READ_ONLY
            : rights.mode(object, attributeIndex);
      }

      @Override
      public MethodAccessMode methodMode(CosemObject object, int methodIndex) {
        return object == setup
            ? MethodAccessMode.AUTHENTICATED_ACCESS
            : rights.methodMode(object, methodIndex);
      }
    }

    private ServerAssociationConfig.Builder config(Set<Conformance> conformance) {
      return ServerAssociationConfig.builder()
          .conformance(conformance)
          .maxReceivePduSize(hdlc.maxInformationFieldLengthReceive() - LLC_OCTETS)
          .maxSendPduSize(hdlc.maxInformationFieldLengthTransmit() - LLC_OCTETS)
          .quirks(HABITS);
    }

    private static AccessPolicy policy(
        Catalogue catalogue, Function<CatalogueEntry, AttributeAccessMode> right) {
      return new CatalogueRights(catalogue, right);
    }

    /** Whoever may write an object may write what can be written of it, and invoke its methods. */
    private record CatalogueRights(
        Catalogue catalogue, Function<CatalogueEntry, AttributeAccessMode> right)
        implements AccessPolicy {
      private AttributeAccessMode rightTo(CosemObject object) {
        return catalogue
            .find(object.logicalName())
            .map(right)
            .orElse(AttributeAccessMode.NO_ACCESS);
      }

      @Override
      public AttributeAccessMode mode(CosemObject object, int attributeIndex) {
        AttributeAccessMode mode = rightTo(object);
        boolean readOnly =
            object.attribute(attributeIndex).filter(each -> each.writable()).isEmpty();
        return mode.equals(AttributeAccessMode.READ_AND_WRITE) && readOnly
            ? AttributeAccessMode.READ_ONLY
            : mode;
      }

      @Override
      public MethodAccessMode methodMode(CosemObject object, int methodIndex) {
        return rightTo(object).equals(AttributeAccessMode.READ_AND_WRITE)
            ? MethodAccessMode.ACCESS
            : MethodAccessMode.NO_ACCESS;
      }
    }

    /**
     * {@code KAME} and the serial number in six octets, as the vendor's SAP list shows it for the
     * electric meter (3.7, figure 14). The name of the management logical device is not in the
     * documents: it differs in the fourth letter.
     */
    private static Octets logicalDeviceName(char kind, long serialNumber) {
      return Octets.of(
          'K',
          'A',
          'M',
          kind,
          0,
          0,
          (int) (serialNumber >>> 24) & 0xFF,
          (int) (serialNumber >>> 16) & 0xFF,
          (int) (serialNumber >>> 8) & 0xFF,
          (int) serialNumber & 0xFF);
    }
  }
}
