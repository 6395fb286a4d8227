package dev.offload.codec;

/**
 * One entry of {@code allowed-types}: a class, a package, or a package with those below.
 */
final class TypePattern {

	private static final String FORMS = "name a class (com.acme.Invoice, com.acme.Invoice$Line), a package "
			+ "(com.acme.dto.*) or a package with those below it (com.acme.**)";

	private final String name;

	private final Kind kind;

	private TypePattern(String name, Kind kind) {
		this.name = name;
		this.kind = kind;
	}

	static TypePattern parse(String pattern) {
		Kind kind = Kind.of(pattern);
		String name = pattern.substring(0, pattern.length() - kind.suffix.length());
		if (name.isEmpty() || pattern.equals("*") || pattern.equals("**")) {
			throw new IllegalArgumentException("'" + pattern
					+ "' is no entry of allowed-types, for it would admit everything or nothing; " + FORMS);
		}
		if (!isName(name)) {
			throw new IllegalArgumentException("'" + pattern + "' is no entry of allowed-types; " + FORMS);
		}
		if (name.equals(JdkTypes.LAMBDA) || name.equals(ScopeFilter.PROXY)) {
			throw new IllegalArgumentException(
					"'" + pattern + "' cannot be in allowed-types: lambdas and dynamic proxies are never admitted");
		}
		return new TypePattern((kind == Kind.CLASS) ? name : name + ".", kind);
	}

	// An application's package with those below it; the empty one is for the classes that
	// are in no package.
	static TypePattern ofPackage(String name) {
		if (name.isEmpty()) {
			return new TypePattern("", Kind.PACKAGE);
		}
		if (!isName(name)) {
			throw new IllegalArgumentException("'" + name + "' is not the name of a package, such as com.acme");
		}
		return new TypePattern(name + ".", Kind.TREE);
	}

	// Identifiers with dots between. No regular expression: to make the first one takes a
	// starting worker some milliseconds.
	private static boolean isName(String name) {
		boolean starts = true;
		int next;
		for (int i = 0; i < name.length(); i += Character.charCount(next)) {
			next = name.codePointAt(i);
			if (starts ? !Character.isJavaIdentifierStart(next)
					: next != '.' && !Character.isJavaIdentifierPart(next)) {
				return false;
			}
			starts = next == '.';
		}
		return !starts;
	}

	boolean matches(String type) {
		return switch (this.kind) {
			case CLASS -> type.equals(this.name);
			case PACKAGE -> type.startsWith(this.name) && type.indexOf('.', this.name.length()) < 0;
			case TREE -> type.startsWith(this.name);
		};
	}

	private enum Kind {

		TREE(".**"), PACKAGE(".*"), CLASS("");

		private final String suffix;

		Kind(String suffix) {
			this.suffix = suffix;
		}

		private static Kind of(String pattern) {
			if (pattern.endsWith(TREE.suffix)) {
				return TREE;
			}
			return pattern.endsWith(PACKAGE.suffix) ? PACKAGE : CLASS;
		}

	}

}
