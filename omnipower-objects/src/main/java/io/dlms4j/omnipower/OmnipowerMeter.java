package io.dlms4j.omnipower;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.association.ServerSecurity;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.omnipower.backend.MeterBackend;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.Hdlc;
import io.dlms4j.server.LinkProfile;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.image.ImageTransfer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An OMNIPOWER meter, or one of those before it, as a server shows it: the vendor's objects and
 * associations over a {@link MeterBackend}.
 *
 * <pre>{@code
 * OmnipowerMeter meter = OmnipowerMeter.of(backend).variant(MeterVariant.CT).build();
 * DlmsServer.builder().tcp(1025, meter.link()).device(meter.device()).start();
 * }</pre>
 *
 * <p>Single-phase and three-phase meters have the same objects, as they share a column of the
 * vendor's list: those of the phases L2 and L3 are there on a single-phase meter too, and read 0.
 */
public final class OmnipowerMeter {
  /** The vendor's default password of low level security (vendor's DLMS description, 2.4.3). */
  public static final String DEFAULT_PASSWORD = "12345";

  /** The vendor's default physical address (vendor's DLMS description, 2.5). */
  public static final int DEFAULT_PHYSICAL_ADDRESS = 32;

  private final Catalogue catalogue;
  private final PhysicalDevice device;
  private final HdlcSetup link;

  private OmnipowerMeter(Catalogue catalogue, PhysicalDevice device, HdlcSetup link) {
    this.catalogue = catalogue;
    this.device = device;
    this.link = link;
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
   * What the meter has, as the vendor lists it.
   *
   * @return the catalogue of its variant
   */
  public Catalogue catalogue() {
    return catalogue;
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
   * The HDLC settings of the meter, as clients have set them: give them to its port. Each line of a
   * client that connects has those that the HDLC setup object shows then; a serial line those of
   * when it was opened.
   *
   * @return a live link profile
   */
  public LinkProfile link() {
    return link.profile();
  }

  /**
   * The HDLC settings that the meter's HDLC setup object shows now.
   *
   * @return a link profile that stays as it is; {@link #link()} is the one that follows
   */
  public Hdlc hdlc() {
    return link.hdlc();
  }

  /** Makes an {@link OmnipowerMeter}. Used by one thread. */
  public static final class Builder {
    /** From the meter and to it, of the meters before OMNIPOWER (2.5). */
    private static final int OLDER_TRANSMIT = 512;

    private static final int OLDER_RECEIVE = 128;

    private final MeterBackend backend;
    private final Map<Integer, Associations.Secured> secured = new TreeMap<>();
    private MeterVariant variant = MeterVariant.THREE_PHASE;
    private Password password = Password.ofText(DEFAULT_PASSWORD);
    private int physicalAddress = DEFAULT_PHYSICAL_ADDRESS;
    private @Nullable Hdlc hdlc;
    private @Nullable ImageTransfer imageTransfer;

    private Builder(MeterBackend backend) {
      this.backend = backend;
    }

    /**
     * Sets which meter it is, without which it is a three-phase OMNIPOWER: it decides about
     * objects, rights, and the settings of the link.
     *
     * @param which the variant
     * @return this
     */
    public Builder variant(MeterVariant which) {
      this.variant = which;
      return this;
    }

    /**
     * Sets the password of low level security, without which there is the vendor's default. One
     * that a client has written, and the backend has kept, goes before it.
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
     * the vendor's description, which has low level security only. Its client has the rights of the
     * optical port's.
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
      secured.put(clientSap, new Associations.Secured(security, keys, setup));
      return this;
    }

    /**
     * Sets the transfer of firmware images (3.8), without which the meter keeps one of up to 1 MiB
     * in memory, finds it good and does nothing with it. Its clients are those with a password, and
     * the secured ones. The meters before OMNIPOWER do not have it.
     *
     * @param transfer of the name that the catalogue has for it
     * @return this
     */
    public Builder imageTransfer(ImageTransfer transfer) {
      this.imageTransfer = transfer;
      return this;
    }

    /**
     * Sets the HDLC settings that the meter has when no client has written others; without this
     * call those of the description (2.5), with information fields of 1010 octets, or 512 from the
     * meter and 128 to it of those before OMNIPOWER.
     *
     * @param settings the link profile
     * @return this
     */
    public Builder hdlc(Hdlc settings) {
      this.hdlc = settings;
      return this;
    }

    /**
     * Sets the physical address that the meter has when no client has written another, without
     * which it is 32.
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
     * @throws IllegalArgumentException if a setting of the link is out of its range, if an image
     *     transfer was given to a meter that has none, or two associations are for one client
     */
    public OmnipowerMeter build() {
      Catalogue catalogue = Catalogue.of(variant);
      HdlcSetup link = new HdlcSetup(backend, hdlc == null ? defaults() : hdlc, physicalAddress);
      LogicalDevices devices = new LogicalDevices(catalogue, backend, link, imageTransfer);
      Associations associations =
          new Associations(catalogue, link.hdlc(), new MeterPassword(backend, password));
      long serialNumber = backend.identity().serialNumber();
      PhysicalDevice device =
          PhysicalDevice.of(
              link.physicalAddress(),
              associations.management(devices.management(name('M', serialNumber))).build(),
              associations.metering(devices.metering(name('E', serialNumber)), secured).build());
      link.belongsTo(device);
      return new OmnipowerMeter(catalogue, device, link);
    }

    private Hdlc defaults() {
      Hdlc omnipower = Hdlc.defaults();
      return variant.isOmnipower()
          ? omnipower
          : new Hdlc(
              OLDER_TRANSMIT,
              OLDER_RECEIVE,
              omnipower.inactivityTimeout(),
              omnipower.interOctetTimeout());
    }

    /**
     * {@code KAME} and the serial number in six octets, as the vendor's SAP list shows it for the
     * electric meter (3.7, figure 14). The name of the management logical device is not in the
     * documents: it differs in the fourth letter.
     */
    private static Octets name(char kind, long serialNumber) {
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
