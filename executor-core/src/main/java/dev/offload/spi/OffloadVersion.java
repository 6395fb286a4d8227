package dev.offload.spi;

/**
 * The version of this library, compared when a worker connects.
 */
public final class OffloadVersion {

	private OffloadVersion() {
	}

	/**
	 * The version of the jar that this class is in.
	 * @return the version, {@code unpackaged} where there is no jar
	 */
	public static String current() {
		String version = OffloadVersion.class.getPackage().getImplementationVersion();
		return (version != null) ? version : "unpackaged";
	}

}
