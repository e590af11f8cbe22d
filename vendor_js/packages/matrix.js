export {
  CholeskyDecomposition,
  correlation,
  covariance,
  determinant,
  EVD,
  inverse,
  LU,
  Matrix,
  pseudoInverse,
  QR,
  SVD,
  solve,
} from 'ml-matrix';
