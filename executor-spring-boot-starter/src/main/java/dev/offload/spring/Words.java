package dev.offload.spring;

import java.util.Locale;

/**
 * The words that stand for constants wherever operators read them: in the endpoint, in
 * health, in the tags of meters, in observations and in the log.
 */
public final class Words {

	private Words() {
	}

	/**
	 * The word that stands for a constant.
	 * @param constant the constant
	 * @return its name in lower case with dashes
	 */
	public static String of(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
