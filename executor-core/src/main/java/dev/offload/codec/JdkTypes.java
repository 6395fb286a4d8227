package dev.offload.codec;

import java.util.Set;

/**
 * The classes that need no setting: values, collections and exceptions. Only names of
 * packages that nobody but the JDK can define, so the loader need not be asked.
 * {@code java.net.URL} is not among them: its hash asks the name service.
 */
final class JdkTypes {

	static final String LAMBDA = "java.lang.invoke.SerializedLambda";

	/**
	 * Packages of values and collections, without those below. Their comparators and
	 * wrappers call what they hold, which is asked for by itself.
	 */
	private static final Set<String> PACKAGES = Set.of("java.math", "java.time", "java.time.chrono", "java.time.format",
			"java.time.temporal", "java.time.zone", "java.util", "java.util.concurrent", "java.util.concurrent.atomic",
			"java.util.concurrent.locks");

	private static final Set<String> CLASSES = Set.of("java.lang.Boolean", "java.lang.Byte", "java.lang.Character",
			"java.lang.Short", "java.lang.Integer", "java.lang.Long", "java.lang.Float", "java.lang.Double",
			"java.lang.Number", "java.lang.Object", "java.lang.String", "java.lang.String$CaseInsensitiveComparator",
			"java.lang.StringBuffer", "java.lang.StringBuilder", "java.lang.Class", "java.lang.Enum",
			"java.lang.Record", "java.lang.Void", "java.lang.StackTraceElement", "java.io.File", "java.net.URI",
			"java.util.regex.Pattern", "java.sql.Date", "java.sql.Time", "java.sql.Timestamp",
			"sun.util.calendar.ZoneInfo");

	/**
	 * What our own exceptions hold.
	 */
	private static final Set<String> OWN = Set.of("dev.offload.PayloadException$Direction",
			"dev.offload.RejectionReason", "dev.offload.WorkerDeath", "dev.offload.WorkerDeath$Evidence",
			"dev.offload.WorkerHeartbeat", "dev.offload.CrashReport", "dev.offload.CrashReport$CrashedTask");

	/**
	 * Exceptions that run more than their own code while they are read, or that reach out
	 * when used.
	 */
	private static final Set<String> CARRIERS = Set.of("javax.management.BadAttributeValueExpException",
			"javax.naming.ReferralException");

	private JdkTypes() {
	}

	static boolean admits(Class<?> type) {
		String name = type.getName();
		return CLASSES.contains(name) || OWN.contains(name) || PACKAGES.contains(type.getPackageName())
				|| (Throwable.class.isAssignableFrom(type) && !isCarrier(type));
	}

	private static boolean isCarrier(Class<?> type) {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			if (CARRIERS.contains(current.getName())) {
				return true;
			}
		}
		return false;
	}

}
