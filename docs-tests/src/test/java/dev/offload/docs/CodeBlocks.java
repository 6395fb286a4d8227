package dev.offload.docs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The blocks of code in one section of a document.
 */
final class CodeBlocks {

	private static final Pattern BLOCK = Pattern.compile("^( *)```(\\w*)\\n(.*?)^ *```$",
			Pattern.MULTILINE | Pattern.DOTALL);

	private final List<MatchResult> blocks;

	private CodeBlocks(List<MatchResult> blocks) {
		this.blocks = blocks;
	}

	static CodeBlocks ofSection(String document, String heading) {
		int begin = document.indexOf("\n## " + heading + "\n");
		if (begin < 0) {
			throw new IllegalArgumentException("There is no section '" + heading + "'");
		}
		int end = document.indexOf("\n## ", begin + 1);
		return new CodeBlocks(BLOCK.matcher(document.substring(begin, end)).results().toList());
	}

	/**
	 * The blocks of one language, without what they are indented by.
	 * @param language the word behind the first fence, possibly empty
	 * @return the blocks, in their order
	 */
	List<String> of(String language) {
		return this.blocks.stream()
			.filter((block) -> block.group(2).equals(language))
			.map((block) -> block.group(3).replaceAll("(?m)^" + block.group(1), ""))
			.toList();
	}

}
