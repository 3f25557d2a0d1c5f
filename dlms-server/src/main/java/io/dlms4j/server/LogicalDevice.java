package io.dlms4j.server;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A logical device: its objects, and the associations that clients may have with it (Blue Book
 * 4.1.8). Immutable; the objects live their own lives.
 *
 * <p>The object of the current association (Association LN, 0.0.40.0.0.255) is there without being
 * added.
 */
public final class LogicalDevice {
  private final int sap;
  private final Octets name;
  private final Map<ObisCode, CosemObject> objects;
  private final Map<Integer, Offer> offers;

  /** What one client SAP is offered. */
  record Offer(ServerAssociationConfig config, AccessPolicy policy) {}

  private LogicalDevice(
      int sap, Octets name, Map<ObisCode, CosemObject> objects, Map<Integer, Offer> offers) {
    this.sap = sap;
    this.name = name;
    this.objects = Collections.unmodifiableMap(objects);
    this.offers = Map.copyOf(offers);
  }

  /**
   * Begins a logical device.
   *
   * @param sap its service access point, 1..16383
   * @param name its COSEM logical device name, up to 16 octets, of which the first three are the
   *     manufacturer's
   * @return a builder
   * @throws IllegalArgumentException if the SAP or the name are not valid
   */
  public static Builder builder(int sap, Octets name) {
    return new Builder(sap, name);
  }

  /**
   * The service access point.
   *
   * @return 1..16383
   */
  public int sap() {
    return sap;
  }

  /**
   * The COSEM logical device name.
   *
   * @return up to 16 octets
   */
  public Octets name() {
    return name;
  }

  /**
   * The objects, in the order in which they were added.
   *
   * @return an unmodifiable view
   */
  public Collection<CosemObject> objects() {
    return objects.values();
  }

  Optional<CosemObject> object(ObisCode logicalName) {
    return Optional.ofNullable(objects.get(logicalName));
  }

  Optional<Offer> offer(int clientSap) {
    return Optional.ofNullable(offers.get(clientSap));
  }

  /** The same device with one more object at the end. */
  LogicalDevice with(CosemObject object) {
    Map<ObisCode, CosemObject> more = new LinkedHashMap<>(objects);
    if (more.putIfAbsent(object.logicalName(), object) != null) {
      throw new IllegalArgumentException("there are two objects " + object.logicalName());
    }
    return new LogicalDevice(sap, name, more, offers);
  }

  /** Makes a {@link LogicalDevice}. */
  public static final class Builder {
    private static final int MOST_SAP = 0x3FFF;
    private static final int MOST_CLIENT_SAP = 0xFFFF;
    private static final int MOST_NAME_OCTETS = 16;

    private final int sap;
    private final Octets name;
    private final Collection<CosemObject> objects = new ArrayList<>();
    private final Map<Integer, Offer> offers = new HashMap<>();

    private Builder(int sap, Octets name) {
      if (sap < 1 || sap > MOST_SAP) {
        throw new IllegalArgumentException("SAP " + sap + " is not within 1.." + MOST_SAP);
      }
      if (name.isEmpty() || name.length() > MOST_NAME_OCTETS) {
        throw new IllegalArgumentException(
            "a logical device name has 1 to 16 octets, not " + name.length());
      }
      this.sap = sap;
      this.name = name;
    }

    /**
     * Adds an object.
     *
     * @param object the object
     * @return this
     * @throws IllegalArgumentException if its class or version have no wire form
     */
    public Builder object(CosemObject object) {
      CosemObjectBuilder.requireClass(object.classId(), object.version());
      objects.add(object);
      return this;
    }

    /**
     * Lets a client associate.
     *
     * @param clientSap the client's service access point, 1..65535
     * @param config what it is offered, and how it has to authenticate itself
     * @param policy its rights
     * @return this
     * @throws IllegalArgumentException if the SAP is out of range, or has an association already
     */
    public Builder association(int clientSap, ServerAssociationConfig config, AccessPolicy policy) {
      if (clientSap < 1 || clientSap > MOST_CLIENT_SAP) {
        throw new IllegalArgumentException(
            "client SAP " + clientSap + " is not within 1.." + MOST_CLIENT_SAP);
      }
      if (offers.putIfAbsent(clientSap, new Offer(config, policy)) != null) {
        throw new IllegalArgumentException("there are two associations for client " + clientSap);
      }
      return this;
    }

    /**
     * Makes the device.
     *
     * @return an immutable value
     * @throws IllegalArgumentException if two objects have one logical name
     */
    public LogicalDevice build() {
      LogicalDevice device = new LogicalDevice(sap, name, Map.of(), offers);
      device = device.with(AssociationLnObject.create());
      for (CosemObject object : objects) {
        device = device.with(object);
      }
      return device;
    }
  }
}
