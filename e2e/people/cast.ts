//! The cast, as in `shared/src/samples.rs`: whoever appears in a story is one of them.

export const cora = { name: "Cora Lindqvist", email: "cora@example.org" };
export const idris = { name: "Idris Bello", email: "idris@example.org" };
export const noor = { name: "Noor Haddad", email: "noor@example.org" };
export const mina = { name: "Mina Okafor", email: "mina@example.com" };
export const teo = { name: "Teo Marchetti", email: "teo@example.com" };
export const ada = { name: "Ada Brandt", email: "ada@example.com" };
export const maximiliana = {
  name: "Maximiliana Konstantinopoulou-Featherstonehaugh von Hohenzollern-Sigmaringen",
  email: "maximiliana.konstantinopoulou.featherstonehaugh@subdomain.example.org",
};
export const layla = { name: "ليلى المنصوري", email: "layla@example.org" };

export type Particulars = { name: string; email: string };
