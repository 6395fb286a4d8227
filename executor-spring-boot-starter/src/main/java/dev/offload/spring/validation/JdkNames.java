package dev.offload.spring.validation;

/**
 * Tells the classes of the JDK by their names.
 */
final class JdkNames {

	private JdkNames() {
	}

	/**
	 * Whether a class is one of the JDK, or would be in its packages.
	 * @param type the class
	 * @return {@code true} if it is none of an application or a library
	 */
	static boolean matches(Class<?> type) {
		String name = type.getName();
		return type.isPrimitive() || name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("jdk.")
				|| name.startsWith("sun.") || name.startsWith("com.sun.");
	}

}
