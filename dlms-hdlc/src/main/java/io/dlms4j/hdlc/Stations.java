package io.dlms4j.hdlc;

import io.dlms4j.link.LinkAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom an address on the line names: the physical devices and their logical devices. */
final class Stations {
  private final HdlcStations stations;

  Stations(HdlcStations stations) {
    this.stations = stations;
  }

  /**
   * The address that a server answers with: its own also where it was addressed as the CALLING
   * physical device (Green Book 8.4.2.3).
   *
   * @return an address, or null if nobody can tell which device is calling
   */
  @Nullable HdlcAddress inPerson(HdlcAddress server) {
    if (!server.isCallingPhysicalDevice()) {
      return server;
    }
    int onlyDevice = stations.onlyDevice();
    if (onlyDevice == HdlcStations.NOT_ONE) {
      return null;
    }
    int length = onlyDevice > HdlcAddress.ALL_STATION ? 4 : server.length();
    return new HdlcAddress(server.upper(), onlyDevice, length);
  }

  /** The connection between a client and a logical device, or null if the device is not ours. */
  @Nullable LinkAddress linkAddress(HdlcAddress client, HdlcAddress server) {
    int physical = server.length() == 1 ? stations.onlyDevice() : server.lower();
    return stations.has(physical, server.upper())
        ? new LinkAddress(client.upper(), server.upper(), physical)
        : null;
  }

  /** Whether an address is that of a client and one of our logical devices. */
  boolean isOurs(LinkAddress address) {
    return address.clientSap() > HdlcAddress.NO_STATION
        && address.clientSap() < HdlcAddress.ALL_STATION
        && stations.has(address.physicalDevice(), address.serverSap());
  }

  /**
   * Everybody whom an address with all stations in it names. In the one-octet form that is every
   * logical device behind the line.
   */
  List<LinkAddress> meantBy(HdlcAddress client, HdlcAddress server) {
    int all = server.length() == 4 ? HdlcAddress.ALL_STATION_LONG : HdlcAddress.ALL_STATION;
    List<LinkAddress> meant = new ArrayList<>();
    // In order, so that a broadcast reaches them in the same order every time.
    stations
        .all()
        .forEach(
            (physical, logicals) -> {
              if (server.length() == 1 || server.lower() == all || server.lower() == physical) {
                for (int logical : logicals) {
                  if (server.upper() == all || server.upper() == logical) {
                    meant.add(new LinkAddress(client.upper(), logical, physical));
                  }
                }
              }
            });
    return meant;
  }
}
