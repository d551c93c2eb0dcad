/** Vite takes the styles out of the code. */
declare module '*.css'
