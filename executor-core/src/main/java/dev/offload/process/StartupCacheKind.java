package dev.offload.process;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a JVM can keep of a start for the next one, and how it is told to.
 */
enum StartupCacheKind {

	/**
	 * A dynamic archive of shared class data.
	 */
	CLASS_DATA("-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=", "cds=info,cds+dynamic=info", "cds*=off",
			"Mapped dynamic region"),

	/**
	 * A cache of loaded and linked classes, with profiles of their methods.
	 */
	AHEAD_OF_TIME("-XX:AOTCacheOutput=", "-XX:AOTCache=", "aot=info", "aot*=off,cds*=off", "Mapped static");

	private static final int FIRST_AHEAD_OF_TIME = 25;

	/** What makes, chooses or forbids one by itself, or changes classes as they load. */
	private static final List<String> OF_THE_USER = List.of("-XX:SharedArchiveFile", "-XX:ArchiveClassesAtExit",
			"-XX:SharedClassListFile", "-XX:DumpLoadedClassList", "-XX:+AutoCreateSharedArchive", "-XX:AOT", "-XX:+AOT",
			"-XX:-AOT", "-XX:+UseSharedSpaces", "-XX:-UseSharedSpaces", "-Xshare", "-agentlib", "-agentpath",
			"-javaagent", "--patch-module", "--limit-modules", "--upgrade-module-path", "-XX:Flags=");

	private final String making;

	private final String using;

	private final String told;

	private final String untold;

	private final String sign;

	StartupCacheKind(String making, String using, String told, String untold, String sign) {
		this.making = making;
		this.using = using;
		this.told = told;
		this.untold = untold;
		this.sign = sign;
	}

	/**
	 * What a JVM can do.
	 * @param vmName its name
	 * @param feature its version
	 * @return the kind, or {@code null} if none is known of it
	 */
	static @Nullable StartupCacheKind of(String vmName, int feature) {
		if (!vmName.contains("HotSpot") && !vmName.contains("OpenJDK")) {
			return null;
		}
		return (feature >= FIRST_AHEAD_OF_TIME) ? AHEAD_OF_TIME : CLASS_DATA;
	}

	/**
	 * The option by which somebody else has decided.
	 * @param options options of a JVM
	 * @return the first such option, or {@code null} if there is none
	 */
	static @Nullable String ofTheUser(List<String> options) {
		return options.stream()
			.filter((option) -> OF_THE_USER.stream().anyMatch(option::startsWith))
			.findFirst()
			.orElse(null);
	}

	List<String> making(Path file) {
		return List.of(this.making + file);
	}

	// What the JVM says of it goes to the log instead of standard output: it warns of
	// each cache that it does not take.
	List<String> using(Path file, Path log) {
		return List.of(this.using + file, "-Xlog:" + this.told + ":file=" + log + ":none:filecount=0",
				"-Xlog:" + this.untold);
	}

	/**
	 * Why a JVM did not take its cache.
	 * @param log what it said when it started
	 * @return its words, or {@code null} if it took it
	 */
	@Nullable String refusal(List<String> log) {
		if (log.stream().anyMatch((line) -> line.contains(this.sign))) {
			return null;
		}
		List<String> reasons = log.stream()
			.filter((line) -> line.contains("mismatch") || line.contains("bad ") || line.contains("truncated")
					|| line.contains("Unable to") || line.contains("UseSharedSpaces") || line.contains("failed"))
			.toList();
		return reasons.isEmpty() ? "it does not say why" : reasons.get(0);
	}

}
