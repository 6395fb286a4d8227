package dev.offload.spring.validation;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that was probably meant.
 */
public final class NearNames {

	private NearNames() {
	}

	/**
	 * The known name that is most like the given one.
	 * @param name the name that there is not
	 * @param known the names that there are
	 * @return the nearest, or empty if none is near
	 */
	public static Optional<String> nearest(String name, Collection<String> known) {
		int most = Math.max(1, name.length() / 3);
		return known.stream()
			.filter((candidate) -> distance(name, candidate) <= most)
			.min(Comparator.comparingInt((candidate) -> distance(name, candidate)));
	}

	// How many letters are to be changed, added, removed or swapped with their neighbour.
	private static int distance(String one, String other) {
		String a = one.toLowerCase(Locale.ROOT);
		String b = other.toLowerCase(Locale.ROOT);
		int[][] steps = new int[a.length() + 1][b.length() + 1];
		for (int i = 0; i <= a.length(); i++) {
			for (int j = 0; j <= b.length(); j++) {
				steps[i][j] = (Math.min(i, j) == 0) ? Math.max(i, j) : step(steps, a, b, i, j);
			}
		}
		return steps[a.length()][b.length()];
	}

	private static int step(int[][] steps, String a, String b, int i, int j) {
		int change = (a.charAt(i - 1) != b.charAt(j - 1)) ? 1 : 0;
		int least = Math.min(Math.min(steps[i - 1][j], steps[i][j - 1]) + 1, steps[i - 1][j - 1] + change);
		boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
		return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
	}

}
