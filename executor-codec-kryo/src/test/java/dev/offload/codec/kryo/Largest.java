package dev.offload.codec.kryo;

/**
 * With as many components as a record can have.
 */
record Largest(long c0, long c1, long c2, long c3, long c4, long c5, long c6, long c7, long c8, long c9, long c10,
		long c11, long c12, long c13, long c14, long c15, long c16, long c17, long c18, long c19, long c20, long c21,
		long c22, long c23, long c24, long c25, long c26, long c27, long c28, long c29, long c30, long c31, long c32,
		long c33, long c34, long c35, long c36, long c37, long c38, long c39, long c40, long c41, long c42, long c43,
		long c44, long c45, long c46, long c47, long c48, long c49, long c50, long c51, long c52, long c53, long c54,
		long c55, long c56, long c57, long c58, long c59, long c60, long c61, long c62, long c63, long c64, long c65,
		long c66, long c67, long c68, long c69, long c70, long c71, long c72, long c73, long c74, long c75, long c76,
		long c77, long c78, long c79, long c80, long c81, long c82, long c83, long c84, long c85, long c86, long c87,
		long c88, long c89, long c90, long c91, long c92, long c93, long c94, long c95, long c96, long c97, long c98,
		long c99, long c100, long c101, long c102, long c103, long c104, long c105, long c106, long c107, long c108,
		long c109, long c110, long c111, long c112, long c113, long c114, long c115, long c116, long c117, long c118,
		long c119, long c120, long c121, long c122, long c123, long c124, long c125, long c126) {
}
